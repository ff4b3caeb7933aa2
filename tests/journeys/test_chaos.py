"""Chaos, the short form: parts of two replicas are killed while customers write. `make chaos` runs the long one."""

import sys
from pathlib import Path

import pytest

from tests.chaos.set import running
from tests.chaos.storm import Plan, storm

#: About a minute of storm; another machine needs longer for each part to come back.
SHORT = Plan(seconds=45, messages=120, customers=10, every=4, outages=False, seed=4)


@pytest.mark.alone
async def test_whatever_is_killed_nothing_is_lost_doubled_or_said_after_a_takeover(prepared: Path) -> None:
    told: list[str] = []
    with running(prepared) as made:
        result = await storm(made, SHORT, told.append)
    sys.stdout.write("\n".join(told))
    assert [str(finding) for finding in result.findings] == [], result.figures
    assert result.figures["messages"] >= SHORT.messages
    assert result.figures["tickets wanted"]
    assert result.figures["takeovers"]
    struck = {act.split()[1].partition("-")[0] for act in result.figures["acts"]}
    assert struck == {"api", "bot", "postgres", "redis"}
