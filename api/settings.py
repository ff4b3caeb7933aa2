"""Settings: everything an operator can choose, read from the environment once."""

import re
from base64 import b64decode
from pathlib import Path
from typing import Annotated, Literal, Self

from limits import parse
from pydantic import AfterValidator, Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from handoff.database import normalise_url

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "FRONTDOOR_"
#: As the bot's channel wants it.
BOT_SECRET_LENGTH = 32
#: Shorter ones could be guessed: a right key is never refused for the wrong ones before it.
OPERATOR_KEY_LENGTH = 16
#: As Standard Webhooks asks for.
HOOK_SECRET_LENGTH = 24


class BadSetting(Exception):
    """A setting has a value that cannot be used. The message names it, the value and what is allowed."""


def _order_pattern(value: str) -> str:
    try:
        re.compile(value)
    except re.error as problem:
        raise ValueError(f"a regular expression is wanted ({problem})") from problem
    return value


def _order_template(value: str) -> str:
    try:
        kept = value.format("1") != value
    except (LookupError, ValueError):
        kept = False
    if not kept:
        raise ValueError("a text with {0} in it is wanted, for example LL-{0}")
    return value


def _rate(value: str) -> str:
    try:
        parse(value)
    except ValueError as problem:
        raise ValueError("a number per time is wanted, for example 30/minute or 120/minute") from problem
    return value


def _database(value: str) -> str:
    if value:
        normalise_url(value)
    return value


def _operator_key(value: SecretStr) -> SecretStr:
    if 0 < len(value.get_secret_value()) < OPERATOR_KEY_LENGTH:
        raise ValueError(f"at least {OPERATOR_KEY_LENGTH} characters are wanted")
    return value


def _hook_secret(value: SecretStr, info: ValidationInfo) -> SecretStr:
    secret = value.get_secret_value()
    if (secret or info.data.get("hook_url")) and len(secret) < HOOK_SECRET_LENGTH:
        raise ValueError(f"with FRONTDOOR_HOOK_URL, at least {HOOK_SECRET_LENGTH} characters are wanted")
    if secret.startswith("whsec_"):
        try:
            b64decode(secret.removeprefix("whsec_"), validate=True)
        except ValueError as problem:
            raise ValueError("base64 is wanted after whsec_") from problem
    return value


def _redis(value: str) -> str:
    if value and not value.startswith(("redis://", "rediss://")):
        raise ValueError("redis://host:port/number or rediss:// is wanted")
    return value


Rate = Annotated[str, AfterValidator(_rate)]


class Settings(BaseSettings):
    """One field a setting; the README's table is made from these descriptions."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore", frozen=True)

    host: str = Field("127.0.0.1", description="address the product listens on")
    port: int = Field(8000, ge=1, le=65535, description="port the product listens on")
    data_dir: Path = Field(ROOT / "var", description="folder for everything that is written")
    database_url: Annotated[str, AfterValidator(_database)] = Field(
        "", description="`sqlite:///…` or `postgresql://…`; empty: SQLite in the data folder"
    )
    redis_url: Annotated[str, AfterValidator(_redis)] = Field(
        "", description="Redis for several API processes: shared limits, and news for each other; empty: one process"
    )
    encoder: str = Field(
        "all-MiniLM-L6-v2",
        description="sentence-transformers model or folder; the default's weights come with the install",
    )
    articles_url: str = Field(
        "", description="address of your help centre, put before permalinks; empty: pages of this product"
    )
    shop_name: str = Field("Linden & Lark", description="your company's name, as customers read it")
    team: str = Field("support", description="team of the hours file that gets the tickets")
    hours_file: Path = Field(ROOT / "handoff" / "hours.yml", description="business hours, holidays and reply times")
    order_pattern: Annotated[str, AfterValidator(_order_pattern)] = Field(
        r"(?:LL[- ]?)?(\d{8})", description="regular expression of your order numbers, with what varies as a group"
    )
    order_template: Annotated[str, AfterValidator(_order_template)] = Field(
        "LL-{0}", description="how an order number is kept; `{0}` is the group"
    )
    order_example: str = Field("LL-20418837", description="an order number as customers see it, for the bot's question")
    phone_region: str = Field(
        "NL", pattern="^[A-Z]{2}$", description="country of telephone numbers written without a country code"
    )
    max_characters: int = Field(2000, ge=1, le=100_000, description="longest message in characters; longer: 413")
    max_bytes: int = Field(8192, ge=256, le=1_000_000, description="largest request body in bytes; larger: 413")
    quiet_time: float = Field(
        1.2,
        ge=0,
        le=10,
        description="seconds without a further message after which a customer is answered, so that what is sent in "
        "pieces is answered as one; 0: each message by itself, at once",
    )
    rate_per_address: Rate = Field("120/minute", description="messages and new conversations an address may send")
    rate_per_conversation: Rate = Field("30/minute", description="messages a conversation may send")
    trusted_proxies: str = Field("", description="proxies whose X-Forwarded-For is believed, comma separated")
    allowed_origins: str = Field("*", description="websites that may show the widget, comma separated")
    bot_python: Path = Field(ROOT / "bot" / ".venv" / "bin" / "python", description="Python 3.10 with Rasa")
    bot_port: int = Field(0, ge=0, le=65535, description="port of the bot's process on loopback; 0: a free one")
    bot_timeout: float = Field(
        8.0, gt=0, le=60, description="seconds the bot may think before the way without it is taken"
    )
    bot_urls: str = Field(
        "", description="addresses of bot processes started elsewhere, comma separated; empty: one is started here"
    )
    bot_secret: SecretStr = Field(
        SecretStr(""),
        validate_default=True,
        description="secret shared with bot processes started elsewhere, at least 32 characters",
    )
    actions_url: str = Field(
        "",
        pattern="^(https?://.+)?$",
        description="where bot processes started elsewhere reach this very process, with `/internal/actions`; "
        "empty: found out",
    )
    training_dir: Path = Field(
        ROOT / "training_data", description="folder of the examples the bot learns from (`nlu/`, `heldout/`)"
    )
    orders_url: str = Field(
        "", description="your order system: `GET {url}/{number}`; empty: `orders.yml` in the data folder"
    )
    orders_token: SecretStr = Field(SecretStr(""), description="sent to your order system as a bearer token")
    orders_timeout: float = Field(3.0, gt=0, le=30, description="seconds your order system may take")
    rate_lookups: Rate = Field(
        "5/hour", description="order look-ups that may fail, of one conversation and for one order number"
    )
    public_url: str = Field("", description="address customers reach this product at, for links in messaging apps")
    telegram_token: SecretStr = Field(
        SecretStr(""), description="your Telegram bot's token; empty: Telegram is off, and can only be simulated"
    )
    telegram_secret: SecretStr = Field(
        SecretStr(""), description="secret Telegram sends with each update; empty: one is made in the data folder"
    )
    telegram_api_url: str = Field("https://api.telegram.org", description="address of Telegram's Bot API")
    operator_key: Annotated[SecretStr, AfterValidator(_operator_key)] = Field(
        SecretStr(""), description="key to the operator's page and metrics; empty: one is made in the data folder"
    )
    agent_away_seconds: int = Field(
        120,
        ge=30,
        le=3600,
        description="seconds without a sign of an agent after which their conversations go back to the queue",
    )
    queue_limit_minutes: float = Field(
        10, gt=0, le=480, description="minutes in the queue after which a conversation becomes a ticket"
    )
    hook_url: str = Field(
        "", pattern="^(https?://.+)?$", description="your own system's address for news of handovers and tickets"
    )
    hook_secret: Annotated[SecretStr, AfterValidator(_hook_secret)] = Field(
        SecretStr(""),
        validate_default=True,
        description="secret that signs the news, at least 24 characters, or `whsec_` and base64",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="how much is logged")

    @field_validator("bot_secret")
    @classmethod
    def _long_enough(cls, value: SecretStr, info: ValidationInfo) -> SecretStr:
        if info.data.get("bot_urls") and len(value.get_secret_value()) < BOT_SECRET_LENGTH:
            raise ValueError(f"with FRONTDOOR_BOT_URLS, at least {BOT_SECRET_LENGTH} characters are wanted")
        return value

    @classmethod
    def read(cls) -> Self:
        """The settings of this environment.

        Raises:
            BadSetting: one sentence for each wrong value.
        """
        try:
            return cls()
        except ValidationError as problem:
            raise BadSetting("\n".join(_sentence(error) for error in problem.errors())) from problem  # type: ignore[arg-type]  # pydantic's TypedDict

    @property
    def encoder_folder(self) -> Path:
        return self.data_dir / "encoder"

    @property
    def index_folder(self) -> Path:
        return self.data_dir / "index"

    @property
    def articles_folder(self) -> Path:
        return self.data_dir / "articles"

    @property
    def models_folder(self) -> Path:
        return self.data_dir / "models"

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.data_dir / 'frontdoor.db'}"


def _sentence(error: dict[str, object]) -> str:
    place = error["loc"]
    field = str(place[0]) if isinstance(place, tuple) and place else "?"
    about = Settings.model_fields.get(field)
    meaning = f" ({about.description})" if about else ""
    # A url may hold a password, a secret is one, and this sentence ends up in logs.
    secret = about is not None and about.annotation is SecretStr
    value = "…" if secret else re.sub(r"(://[^:/@]*):[^@]*@", r"\1:***@", repr(error["input"]))
    return f"{PREFIX}{field.upper()}={value} cannot be used: {error['msg']}{meaning}."
