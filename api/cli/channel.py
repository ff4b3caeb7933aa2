"""Messaging apps on the command line: which are on, connecting one, and trying one without the app."""

import asyncio
import json
import time
from dataclasses import dataclass
from typing import Annotated

import httpx
import typer
from rich.table import Table

from api.channels import CHANNELS, Channel
from api.channels.delivery import word_of
from api.channels.port import IncomingMessage, conversation_id
from api.cli.progress import console
from api.durable import open_database
from api.settings import PREFIX, Settings
from handoff.database import Database
from handoff.events import Events
from handoff.outbox import Letter, Outbox

app = typer.Typer(help="Messaging apps customers may write from.", no_args_is_help=True)

#: Seconds an answer is waited for.
PATIENCE = 60.0
#: Seconds between looks; the product is another process, which we can only ask through the database.
LOOK = 0.1

Name = Annotated[str, typer.Argument(help="the channel, as in `frontdoor channel list`")]


class NoSuchChannel(Exception):
    """There is no channel of this name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no channel {name!r}. There is: {', '.join(CHANNELS)}.")


class NotRunning(Exception):
    """The product does not answer where the settings say it is."""

    def __init__(self, url: str) -> None:
        super().__init__(
            f"Nothing answers at {url}. Start the product with `make run`, in the same folder and with the same "
            f"{PREFIX} settings, and try again."
        )


class NotTaken(Exception):
    """The product or the database did not do with the message what it should."""


@app.callback()
def group() -> None:
    """Messaging apps customers may write from."""


@app.command("list")
def list_channels() -> None:
    """Each channel, whether it is on, and what is missing."""
    settings = Settings.read()
    table = Table("channel", "state")
    for column in ("missing", "webhook"):
        table.add_column(column, overflow="fold")
    for name, build in CHANNELS.items():
        channel = build(settings)
        missing = ", ".join(channel.missing())
        place = f"{settings.public_url.rstrip('/') or '(FRONTDOOR_PUBLIC_URL)'}/webhooks/{name}"
        table.add_row(name, "can be simulated" if missing else "on", missing or "-", place)
        asyncio.run(channel.aclose())
    console.print(table)


@app.command()
def connect(
    name: Name, url: Annotated[str, typer.Argument(help="https address customers reach this product at")]
) -> None:
    """Tell the provider to post to this product."""
    settings = Settings.read()
    if not url.startswith("https://"):
        raise typer.BadParameter("the provider posts to https:// addresses only")
    place = url.rstrip("/")
    place = place if place.endswith(f"/webhooks/{name}") else f"{place}/webhooks/{name}"

    async def connecting(channel: Channel) -> str:
        try:
            return await channel.connect(place)
        finally:
            await channel.aclose()

    told = asyncio.run(connecting(_channel(settings, name)))
    console.print(f"{name} posts to {place}: {told}", markup=False)


@app.command()
def simulate(
    name: Name,
    text: Annotated[str, typer.Argument(help="what the customer writes")],
    chat: Annotated[str, typer.Option(help="a real chat's id: the answer is really sent there")] = "",
    lang: Annotated[str, typer.Option(help="the customer's language: en, zh, ko, …")] = "en",
    person: Annotated[str, typer.Option("--name", help="the customer's first name; each name is a chat of its own")] = (
        "Alex"
    ),
) -> None:
    """Post a message as the provider would, and show what goes in and each request that goes out."""
    settings = Settings.read()
    channel = _channel(settings, name)
    try:
        request, address = channel.simulate(text, lang, person, chat)
    except ValueError as problem:
        raise typer.BadParameter(f"{chat!r} is not the id of a chat", param_hint="--chat") from problem
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)  # noqa: S104 - asked, not bound
    place = f"[{host}]" if ":" in host else host
    url = f"http://{place}:{settings.port}/webhooks/{name}"
    try:
        answer = httpx.post(url, content=request.body, headers=dict(request.headers), timeout=20, trust_env=False)
    except httpx.TransportError as problem:
        raise NotRunning(url) from problem
    _show(f"in   POST /webhooks/{name}  {answer.status_code}", json.loads(request.body))
    if answer.status_code != 200:
        raise NotTaken(
            f"The product answered {answer.status_code}: {answer.text}. "
            f"Is it running with the same {PREFIX} settings as this command?"
        )
    message = channel.read(request)[0]
    asyncio.run(_follow(settings, channel, message, conversation_id(name, message.account, address)))


def _channel(settings: Settings, name: str) -> Channel:
    if name not in CHANNELS:
        raise NoSuchChannel(name)
    return CHANNELS[name](settings)


async def _follow(settings: Settings, channel: Channel, message: IncomingMessage, id_: str) -> None:
    """Shows every request that answers the message, until nothing is left to be sent."""
    database = await open_database(settings.database)
    try:
        watch = _Watch(settings, channel, database, id_)
        await watch.follow(f"{channel.name}:{message.provider_id}")
    finally:
        await database.dispose()
        await channel.aclose()


@dataclass
class _Watch:
    settings: Settings
    channel: Channel
    database: Database
    conversation_id: str

    async def follow(self, client_id: str) -> None:
        events, outbox = Events(self.database), Outbox(self.database)
        seq = await self._seq(events, client_id)
        shown: set[int] = set()
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            waiting = await events.unhandled(self.conversation_id)
            letters = await outbox.letters(conversation_id=self.conversation_id, after=seq - 1)
            for letter in letters:
                if letter.status != "due" and letter.seq not in shown:
                    shown.add(letter.seq)
                    self._print(letter)
            if not waiting and all(letter.seq in shown for letter in letters):
                if not shown:
                    console.print("out  nothing: a person has this conversation, and nothing is said by itself.")
                return
            await asyncio.sleep(LOOK)
        stuck = [f"seq {one.seq}: {one.reason or 'not tried yet'}" for one in letters if one.status == "due"]
        raise NotTaken(f"Not all was sent within {PATIENCE:.0f} s. Waiting: {'; '.join(stuck) or 'the answer itself'}.")

    async def _seq(self, events: Events, client_id: str) -> int:
        place = 0
        while page := await events.after(self.conversation_id, place, 500):
            for event in page:
                if event.client_id == client_id:
                    return event.seq
            place = page[-1].seq
        raise NotTaken(
            "The message is not in the database of these settings: the product runs with another "
            f"{PREFIX}DATABASE_URL or {PREFIX}DATA_DIR."
        )

    def _print(self, letter: Letter) -> None:
        parts = self.channel.render(word_of(letter, self.settings.public_url))
        for number, part in enumerate(parts):
            said = letter.sent[number] if number < len(letter.sent) else {}
            status = said.get("passed_over") or (letter.status if said else "not sent")
            _show(f"out  {part.method}  {status}", part.body)
        if letter.reason:
            console.print(f"     {letter.status}: {letter.reason}", markup=False)


def _show(head: str, body: object) -> None:
    console.print(head, markup=False, highlight=False)
    words = json.dumps(body, ensure_ascii=False, indent=2)
    console.print("\n".join(f"     {line}" for line in words.splitlines()), markup=False, soft_wrap=True)
