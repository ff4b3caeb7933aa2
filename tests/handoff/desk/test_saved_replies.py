"""Saved replies: good ones from the start, in three languages, and gone when somebody deleted them."""

from datetime import datetime

import pytest

from handoff.database import Database
from handoff.desk.saved_replies import SavedReplies, UnknownReply, UnknownVariable, check_variables


async def test_each_language_has_the_same_replies_from_the_start(database: Database, now: datetime) -> None:
    saved = SavedReplies(database)
    await saved.seed(now)
    names = {
        language: {one.id.removesuffix(f"-{language}") for one in await saved.all(language)}
        for language in ("en", "zh", "ko")
    }
    assert len(names["en"]) >= 8
    assert names["en"] == names["zh"] == names["ko"]
    for one in await saved.all():
        check_variables(one.text)


async def test_a_deleted_reply_of_ours_does_not_come_back_and_a_changed_one_stays_changed(
    database: Database, now: datetime
) -> None:
    saved = SavedReplies(database)
    await saved.seed(now)
    before = len(await saved.all())
    await saved.delete("hello-en", now)
    await saved.change("hello-ko", "ko", "인사", "{name}님, 반갑습니다.", now)
    await saved.seed(now)
    assert len(await saved.all()) == before - 1
    assert (await saved.find("hello-ko")).text == "{name}님, 반갑습니다."
    with pytest.raises(UnknownReply):
        await saved.delete("hello-en", now)


@pytest.mark.parametrize("text", ["Hello {customer}", "{}", "{Name}", "{name }"])
async def test_a_place_nobody_could_fill_in_is_refused(database: Database, now: datetime, text: str) -> None:
    with pytest.raises(UnknownVariable, match=r"\{name\}, \{agent\}, \{order\}, \{ticket\}"):
        await SavedReplies(database).add("en", "x", text, "kim", now)
