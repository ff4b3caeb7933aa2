"""The fleet: a conversation stays with one process, and a process that is away gets none."""

from collections import Counter

import httpx
import pytest

from api.bot.fleet import Fleet, NobodyReady
from api.bot.member import Member
from tests.api.members import member
from tests.api.stand import SECRET

IDS = [f"conversation {number}" for number in range(300)]


def ok(request: httpx.Request) -> httpx.Response:
    return httpx.Response(200, json={})


@pytest.fixture
def three() -> list[Member]:
    return [member(ok, f"http://bot-{number}:5005") for number in range(3)]


def test_each_conversation_keeps_its_process_and_all_get_their_share(three: list[Member]) -> None:
    fleet = Fleet(SECRET, three)
    first = [fleet.pick(one) for one in IDS]
    assert [fleet.pick(one) for one in IDS] == first
    assert all(60 < count < 140 for count in Counter(m.url for m in first).values())


def test_when_one_is_away_only_its_conversations_move(three: list[Member]) -> None:
    fleet = Fleet(SECRET, three)
    before = {one: fleet.pick(one) for one in IDS}
    three[0].is_away("restarting")
    after = {one: fleet.pick(one) for one in IDS}
    assert all(after[one] is before[one] for one in IDS if before[one] is not three[0])
    assert three[0] not in after.values()


def test_with_nobody_ready_each_one_is_named(three: list[Member]) -> None:
    for one in three:
        one.is_away("cannot be reached")
    with pytest.raises(NobodyReady, match=r"http://bot-0:5005 cannot be reached; http://bot-1:5005 cannot"):
        Fleet(SECRET, three).pick("any")
    with pytest.raises(NobodyReady, match="no bot process"):
        Fleet(SECRET).pick("any")


def test_everybody_is_told_how_they_are_without_addresses(three: list[Member]) -> None:
    three[0].is_away("cannot be reached (ConnectError)", "cannot be reached")
    three[1].is_away("answers 503: no model in /srv/models", "answers 503")
    three[2].is_away("restarting")
    fleet = Fleet(SECRET, three)
    assert fleet.in_short == "bot 1 cannot be reached; bot 2 answers 503; bot 3 restarting"
    assert "answers 503: no model in /srv/models" in fleet.reason
    three[0].is_ready("told")
    assert (fleet.in_short, Fleet(SECRET, three[1:2]).in_short) == ("ready", "answers 503")


def test_new_turns_go_to_the_one_that_was_brought_in(three: list[Member]) -> None:
    fleet = Fleet(SECRET, three[:1])
    fleet.exchange(three[0], three[1])
    assert fleet.members == (three[1],)
    assert fleet.pick("any") is three[1]


def test_the_versions_that_serve_are_told(three: list[Member]) -> None:
    three[2].is_ready("newer")
    assert Fleet(SECRET, three).model_version == "newer, told"
    assert Fleet(SECRET).model_version == "none"


async def test_a_member_is_finished_when_the_last_turn_in_hand_is(three: list[Member]) -> None:
    async with three[0].turn(), three[0].turn():
        await three[0].finish(0.01)
        assert not three[0]._idle.is_set()
    await three[0].finish(60)
