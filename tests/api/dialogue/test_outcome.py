"""Outcomes: every action comes to one word of the list, and the way without Rasa comes to the same."""

import pytest

from api.actions import ACTIONS
from api.dialogue.bot import Bot
from api.dialogue.engine import EngineDown
from api.dialogue.memory import Memory
from api.dialogue.outcome import BY_ACTION, OUTCOMES, TROUBLES, language_group, outcome_of, trouble_of
from api.dialogue.plain import PlainEngine
from api.dialogue.turn import Said, Turn
from api.orders.book import Order
from handoff.conversations import Conversation
from handoff.events import Event, Events

from ..stand import NOW, Stand, answered, suggests


@pytest.fixture
async def turn(stand: Stand, conversation: Conversation) -> Turn:
    """A turn that has not been thought about."""
    received = await stand.events.receive(conversation.id, None, "hello", NOW)
    [message] = await stand.events.unhandled(conversation.id)
    assert message.seq == received.seq
    return Turn(conversation, message, Memory(), "en", "en", NOW)


@pytest.mark.parametrize(
    ("acted", "awaiting", "outcome"),
    [
        (["action_answer"], "helped", "answer"),
        (["action_answer"], "choice", "suggest"),
        (["action_answer"], "language_offer", "suggest"),
        (["action_answer"], "ticket_offer", "none"),
        (["action_answer"], None, "none"),
        (["action_did_not_help"], "helped", "rejected"),
        (["action_request_person", "validate_ticket_form", "action_ask_ticket_form_name"], None, "person"),
        (["validate_ticket_form", "action_ask_ticket_form_order_number"], None, "form"),
        (["validate_ticket_form", "action_open_ticket"], None, "form"),
        (["action_order_of_somebody"], None, "order"),
        (["action_nobody_knows"], None, "other"),
    ],
)
def test_first_action_says_what_a_turn_came_to(turn: Turn, acted: list[str], awaiting: object, outcome: str) -> None:
    turn.acted, turn.memory.awaiting = acted, awaiting  # type: ignore[assignment]  # one of Memory's words
    assert outcome_of(turn, [Said("…")]) == outcome


def test_an_opened_ticket_outweighs_the_form_it_came_from(turn: Turn) -> None:
    turn.acted = ["validate_ticket_form", "action_open_ticket"]
    assert outcome_of(turn, [Said("Done", type="ticket")]) == "ticket"


def test_a_request_for_a_person_in_the_middle_of_the_form_is_one(turn: Turn) -> None:
    turn.acted, turn.trace["person_noted"] = ["validate_ticket_form"], True
    assert outcome_of(turn, [Said("…")]) == "person"


def test_ready_sentences_alone_are_small_talk(turn: Turn) -> None:
    turn.trace["actions"] = [{"name": "utter_greet"}, {"name": "action_listen"}]
    assert outcome_of(turn, [Said("Hello")]) == "small_talk"
    turn.trace["actions"] = [{"name": "action_listen"}]
    assert outcome_of(turn, [Said("Hello")]) == "other"


def test_every_word_for_an_outcome_fits_the_column_and_every_action_in_the_table_exists() -> None:
    assert [word for word in OUTCOMES if len(word) > 16] == []
    assert [name for name in BY_ACTION if name not in ACTIONS] == []


def test_no_action_of_ours_comes_to_something_unknown(turn: Turn) -> None:
    unknown = []
    for name in ACTIONS:
        turn.acted = [name]
        # Questions of a form are asked after its validation, which is the first action then.
        if outcome_of(turn, [Said("…")]) == "other" and "_ask_" not in name:
            unknown.append(name)
    assert unknown == []


async def test_without_rasa_a_turn_comes_to_the_same_words(stand: Stand, conversation: Conversation) -> None:
    bot = stand.bot_with(PlainEngine(stand.services))
    stand.base.outcomes = {"where is it": [answered()], "which one": [suggests("/a", "/b")]}
    for text in ("where is it", "which one", "pottery", "a human please", "never mind"):
        await stand.say(conversation.id, text, bot)
    tally = await stand.figures.tally(NOW, NOW.replace(hour=23))
    counted = {outcome: count for (outcome, _, _), count in tally.turns.items()}
    assert counted == {"answer": 1, "suggest": 1, "none": 1, "person": 1, "form": 1}


async def test_looked_up_orders_are_counted_and_an_order_system_that_is_away_is_an_error(
    stand: Stand, conversation: Conversation
) -> None:
    bot = stand.bot_with(PlainEngine(stand.services))
    stand.orders.orders["LL-20418837"] = Order("LL-20418837", "shipped", NOW.date(), "jane@example.com", None)
    stand.base.outcomes = {"How do I track my order?": [answered()]}
    await stand.say(conversation.id, "How do I track my order?", bot)
    await stand.say(conversation.id, "where is my order LL-20418837, my mail is jim@example.com", bot)
    other = await stand.conversations.open("web", "en", "hash", NOW)
    await stand.say(other.id, "where is my order LL-20418837, my mail is jane@example.com", bot)
    stand.orders.away = "it is being repaired"
    third = await stand.conversations.open("web", "en", "hash", NOW)
    await stand.say(third.id, "where is my order LL-20418837, my mail is jane@example.com", bot)
    tally = await stand.figures.tally(NOW, NOW.replace(hour=23))
    counted = {outcome: count for (outcome, _, _), count in tally.turns.items()}
    assert counted == {"answer": 1, "order": 3}
    assert tally.troubles == {("orders", "en", "web"): 1}
    value = stand.meters.registry.get_sample_value
    for result in ("told", "not_told", "away"):
        assert value("frontdoor_order_lookups_total", {"result": result}) == 1
    assert value("frontdoor_engine_down_total", {"kind": "orders"}) is None


async def test_a_turn_that_a_person_cut_short_is_no_answer(stand: Stand, conversation: Conversation) -> None:
    async def too_late(turn: Turn) -> list[Said]:
        await stand.conversations.move(conversation.id, "agent", "kim", "takes over", 0, at=NOW, agent="kim")
        turn.acted, turn.memory.awaiting = ["action_answer"], "helped"
        return [Said("too late")]

    stand.engine.does = too_late
    await stand.say(conversation.id, "hello")
    tally = await stand.figures.tally(NOW, NOW.replace(hour=23))
    assert tally.turns == {("dropped", "en", "web"): 1}
    labels = {"outcome": "dropped", "language": "en", "channel": "web"}
    assert stand.meters.registry.get_sample_value("frontdoor_turns_total", labels) == 1


async def test_a_turn_that_fails_every_time_is_an_error_with_the_name_of_what_failed(
    stand: Stand, conversation: Conversation
) -> None:
    class Broken(Bot):
        async def answer(self, conversation: Conversation, *messages: Event) -> list[Event]:
            raise ZeroDivisionError(messages[0].text)

    plain = PlainEngine(stand.services)
    parts = (stand.engine, plain, stand.services, stand.events, stand.clock, stand.meters, stand.attention)
    stand.bot = Broken(*parts)
    worker = stand.new_worker()
    await Events(stand.database).receive(conversation.id, None, "hello", NOW)
    worker.start()
    await stand.heard(conversation.id)
    await worker.stop()
    tally = await stand.figures.tally(NOW, NOW.replace(hour=23))
    assert tally.turns == {("error", "en", "web"): 1}
    assert [trouble.why for trouble in await stand.figures.troubles(NOW)] == ["failed ZeroDivisionError"]


async def test_a_turn_counts_its_wait_from_the_message_stored(stand: Stand, conversation: Conversation) -> None:
    async def slowly(_turn: Turn) -> list[Said]:
        stand.now = NOW.replace(second=3, microsecond=250_000)
        return [Said("At last")]

    stand.engine.does = slowly
    await stand.say(conversation.id, "hello")
    tally = await stand.figures.tally(NOW, NOW.replace(hour=23))
    assert tally.waits == {("en", "web", 3250): 1}


async def test_the_language_counted_is_the_customers_also_when_we_do_not_speak_it(stand: Stand) -> None:
    french = await stand.conversations.open("web", "fr", "hash", NOW)
    await stand.say(french.id, "Je voudrais savoir où se trouve mon colis commandé la semaine dernière")
    tally = await stand.figures.tally(NOW, NOW.replace(hour=23))
    assert [language for _, language, _ in tally.turns] == ["other"]


@pytest.mark.parametrize(
    ("problem", "told"),
    [
        (EngineDown("Rasa did not answer within 3 s", "slow", "3 s"), "slow 3 s"),
        (EngineDown("Rasa answered without a word", "silent"), "silent"),
        (ValueError("my card is 4111"), "engine ValueError"),
    ],
)
def test_trouble_is_told_in_one_word_and_a_name_or_number(problem: Exception, told: str) -> None:
    assert trouble_of(problem) == told
    assert trouble_of(problem).split(" ")[0] in TROUBLES


@pytest.mark.parametrize(
    ("language", "group"), [("en-GB", "en"), ("zh_Hant", "zh"), ("KO", "ko"), ("fr", "other"), ("", "other")]
)
def test_languages_fall_into_four_groups(language: str, group: str) -> None:
    assert language_group(language) == group
