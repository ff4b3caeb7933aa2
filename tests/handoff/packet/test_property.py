"""Whatever stands in the database, there is a packet, it is what the schema says, and it invents nothing."""

import json
from datetime import UTC, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from handoff.facts import Fact
from handoff.ownership import OWNERS, Conversation
from handoff.packet.asked import asks_again
from handoff.packet.packets import packet_from
from handoff.packet.parts import Evidence
from handoff.packet.readings import Trace
from handoff.packet.record import Change, Record, Spoken, TicketRow
from handoff.packet.remembered import remembered
from handoff.promises import MadePromise
from tests.handoff.packet.test_schema import check

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)

words = some.one_of(
    some.text(max_size=80),
    some.sampled_from(
        [
            "Hello!",
            "My kettle leaks. It is new. Why?",
            "我的水壶漏水了。怎么办？",
            "주전자에서 물이 새요. 재부팅도 해 봤어요.",
            "That helped",
            "order LL-20418837 jane@example.com",
        ]
    ),
)
anything = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats(allow_nan=False) | words,
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(words, inner, max_size=3),
    max_leaves=8,
)


def shaped(**fields: some.SearchStrategy[object]) -> some.SearchStrategy[dict[str, object]]:
    """A mapping with some of these fields, each as it should be or as it should not."""
    return some.fixed_dictionaries({}, optional={name: kind | anything for name, kind in fields.items()})


answers = some.dictionaries(
    some.sampled_from(["question", "name", "email", "phone", "contact", "order_number"]),
    shaped(status=some.sampled_from(["given", "refused", "invalid"]), value=words, raw=words, seq=some.integers(0, 30)),
)
memories = anything | shaped(
    question=words,
    topic=words,
    kind=some.sampled_from(["person", "question"]),
    tried=some.lists(
        shaped(permalink=words, title=words, outcome=some.sampled_from(["shown", "rejected"])), max_size=3
    ),
    intake=shaped(answers=answers, confirmed=some.booleans(), abandoned=some.booleans()),
)
reasons = anything | shaped(
    reading=shaped(
        intent=shaped(name=words, confidence=some.floats()), ranking=some.lists(shaped(name=words), max_size=2)
    ),
    order=shaped(number=words, outcome=some.sampled_from(["told", "not told"])),
    asked_in=some.sampled_from(["en", "zh-CN", "ko"]),
)
seqs = some.integers(1, 30)
moments = some.just(NOW)
hung = some.just({}) | shaped(
    buttons=some.lists(shaped(text=words), max_size=2), sources=some.lists(shaped(permalink=words), max_size=2)
)
spoken = some.builds(
    Spoken,
    seqs,
    some.sampled_from(["message", "owner", "note", "dropped", "ticket"]),
    some.sampled_from(["customer", "bot", "agent", "system"]),
    words,
    hung.filter(lambda data: isinstance(data, dict)),
    moments,
)


def _seq(one: Spoken) -> int:
    return one.seq


conversation = some.builds(
    Conversation,
    id=some.just("c"),
    channel=some.sampled_from(["web", "telegram", "whatsapp", "messenger:1"]),
    locale=words,
    language=some.sampled_from(["en", "zh", "ko", "", "fr-CA"]),
    token_hash=some.none(),
    owner=some.sampled_from(OWNERS),
    agent=some.none() | words,
    epoch=some.integers(0, 9),
    dialogue=memories,
    created_at=moments,
    updated_at=moments,
)
record = some.builds(
    Record,
    conversation=conversation,
    events=some.lists(spoken, max_size=6, unique_by=_seq).map(lambda all_: sorted(all_, key=_seq)),
    older=some.just([]),
    last_heard=some.none() | moments,
    ledger=some.lists(some.builds(Evidence, seqs, words, some.floats(), words), max_size=3).map(tuple),
    facts=some.lists(
        some.builds(
            Fact,
            some.sampled_from(["name", "email", "phone", "question", "order_number", "new"]),
            some.none() | words,
            words,
            some.none() | seqs,
            some.booleans(),
            moments,
        ),
        max_size=3,
    ),
    changes=some.lists(
        some.builds(Change, some.sampled_from(OWNERS), some.sampled_from(OWNERS), words, moments), max_size=2
    ),
    traces=some.lists(some.builds(Trace, seqs, reasons, some.none() | words), max_size=2),
    promises=some.lists(
        some.builds(MadePromise, words, words, some.none(), words, words, moments, moments, some.none() | moments),
        max_size=2,
    ),
    tickets=some.lists(
        some.builds(
            TicketRow, words, words, some.just("c"), some.sampled_from(["person", "question"]), words, words, words,
            anything | shaped(confirmed=some.booleans(), email=shaped(value=words)), some.none() | words, moments,
        ),
        max_size=2,
    ),
)  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(record)
def test_any_state_of_a_conversation_makes_a_packet_that_invents_nothing(state: Record) -> None:
    memory = remembered(state.conversation.dialogue)
    packet = packet_from(state, memory, (), (), NOW)
    check(json.loads(json.dumps(packet.to_dict(), allow_nan=False)))
    assert packet == packet_from(state, memory, (), (), NOW)
    said = {one.seq: " ".join(one.text.split()) for one in state.messages}
    for one in packet.telling:
        assert one.seq in said
        assert one.text.removesuffix("…") in said[one.seq]
    assert all(-1 <= one.value <= 1 for one in packet.mood)
    assert {one.value for one in packet.given if one.value} <= _values(state)
    asks_again("What is your order number? 订单号多少？ 성함이 어떻게 되세요?", packet, packet.language.now)


def _values(state: Record) -> set[str]:
    dialogue = state.conversation.dialogue
    intake = dialogue.get("intake") if isinstance(dialogue, dict) else None
    noted = intake.get("answers") if isinstance(intake, dict) else None
    answered = noted.values() if isinstance(noted, dict) else ()
    form = {one["value"] for one in answered if isinstance(one, dict) and isinstance(one.get("value"), str)}
    return form | {fact.value for fact in state.facts if fact.value}
