"""Why the bot said it, on the running product: staff are told, and a replay says the same, or what has changed."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from api import wording
from handoff.tickets import Tickets

from .conftest import at_work, hours_file
from .customer import Customer, fill
from .product import Product, data_folder, run
from .street import PASSWORD, employ

QUESTION = "how long do I have to send something back?"
#: A replay starts a bot of its own.
PATIENCE = 180


@pytest.fixture(scope="module")
def shop(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """A shop whose articles may be changed."""
    folder = tmp_path_factory.mktemp("why")
    product = Product(data_folder(folder / "data", prepared), HOURS_FILE=hours_file(folder, at_work()))
    product.start()
    yield product
    product.close()


@pytest.fixture(scope="module")
def lead(shop: Product) -> Iterator[httpx.Client]:
    """A support lead, signed in."""
    employ(shop, "boss", "supervisor")
    with httpx.Client(base_url=f"{shop.url}/api/v1", timeout=30, trust_env=False) as client:
        client.post("/desk/sign-in", json={"name": "boss", "password": PASSWORD}).raise_for_status()
        yield client


def replayed(shop: Product, *words: str) -> tuple[int, dict[str, Any], str]:
    done = run(shop.settings, "replay", *words, "--json", timeout=PATIENCE)
    told = json.loads(done.stdout) if done.stdout.startswith("{") else {}
    return done.returncode, told, done.stderr


def why(lead: httpx.Client, customer: Customer, seq: int) -> dict[str, Any]:
    found: dict[str, Any] = lead.get(f"/conversations/{customer.id}/messages/{seq}/why").raise_for_status().json()
    return found


def test_the_bot_says_why_and_again_the_same_until_an_article_changes(shop: Product, lead: httpx.Client) -> None:
    customer = Customer(shop)
    asked = customer.post(QUESTION)
    heard = customer.hear(asked)
    not_it = customer.press(heard[-1], 1)
    told = why(lead, customer, heard[-1]["seq"])
    assert told == why(lead, customer, asked)
    assert (told["turn"], told["messages"][0]["text"]) == (1, QUESTION)
    intent = told["intent"]
    assert intent["margin"] == pytest.approx(intent["probability"] - intent["runner_up"]["probability"], abs=1e-3)
    assert 1 <= len(told["nearest"]) <= 5
    assert told["nearest"][0]["similarity"] >= told["nearest"][-1]["similarity"] > 0
    assert told["rule"]["name"] == f"look up {intent['name']}"
    assert [one["name"] for one in told["rule"]["actions"]] == ["action_answer"]
    assert told["rule"]["actions"][0]["policy"] == "RulePolicy"
    [look_up] = told["look_ups"]
    first = look_up["passages"][0]
    summed = sum(look_up["weights"][name] * value for name, value in first["parts"].items())
    assert first["score"] == pytest.approx(summed, abs=0.01)
    assert look_up["thresholds"]["answer"] > look_up["thresholds"]["suggest"]
    assert first["permalink"] == heard[-1]["sources"][0]["permalink"]
    assert first["told"]
    assert told["versions"]["index"]
    assert told["versions"]["model"]
    assert told["changed"] == []
    second = why(lead, customer, not_it[-1]["seq"])
    assert (second["turn"], second["rule"]["how"]) == (2, "button")

    before = [(e["seq"], e["text"]) for e in customer.history()]
    for number in ("1", "2"):
        code, again, problem = replayed(shop, customer.id, "--turn", number)
        assert again.get("differences") == [], problem
        assert (code, again["same"], again["changed"]) == (0, True, [])
    assert again["words"]["was"] == [word["text"] for word in not_it]
    assert [(e["seq"], e["text"]) for e in customer.history()] == before, "A replay must leave nothing behind."

    file = next(f for f in (shop.data / "articles").rglob("*.md") if _links_to(f, first["permalink"]))
    changed = file.read_text("utf-8").replace("30 days", "45 days").replace("returned", "handed back")
    file.write_text(f"{changed}\nParcels may be sent back for 45 days.\n", "utf-8")
    code, again, problem = replayed(shop, customer.id, "--turn", "1")
    assert (code, again["same"]) == (3, False), problem
    assert {"index"} < {one["what"].partition(" ")[0] for one in again["changed"]}
    assert any(one["what"].startswith(f"article {first['permalink']}") for one in again["changed"])
    assert any(one["what"].startswith("look_ups[0].passages") for one in again["differences"])


def test_on_postgresql_a_turn_that_opened_a_ticket_comes_out_the_same_and_opens_no_other(closed_shop: Product) -> None:
    shop, customer = closed_shop, Customer(closed_shop, "ko")
    shown = customer.say("상담원과 이야기하고 싶어요")
    fill(customer, shown, question="주전자가 깨져서 왔어요", name="김민지", contact="minji@example.com")
    opened = customer.say(wording.say("ko", "yes"))[-1]
    assert opened["type"] == "ticket"
    code, again, problem = replayed(shop, customer.id)
    assert again.get("differences") == [], problem
    assert code == 0
    assert shop.read(lambda db: Tickets(db).for_conversation(customer.id))[0].number == opened["ticket"]["number"]
    assert len(shop.read(lambda db: Tickets(db).for_conversation(customer.id))) == 1


@pytest.mark.parametrize(
    ("words", "says"),
    [(("0" * 32, "--turn", "1"), "There is no conversation"), (("0" * 32, "--turn", "0"), "--turn")],
)
def test_a_replay_of_what_is_not_there_says_so(shop: Product, words: tuple[str, ...], says: str) -> None:
    code, told, problem = replayed(shop, *words)
    assert (code, told) == (2, {})
    assert says in problem


def _links_to(file: Path, permalink: str) -> bool:
    return f"permalink: {permalink}" in file.read_text("utf-8")
