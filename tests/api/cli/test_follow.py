"""Following: it is said when customers are served by the chosen model, and why when they are not."""

import hashlib
import threading

import pytest

from api.bot.registry import Model
from api.cli import follow
from api.cli.follow import NotServed
from tests.api.cli.conftest import Desk
from tests.api.cli.products import health

OLD, NEW = "a" * 12, "b" * 12


@pytest.fixture
def chosen(desk: Desk) -> Desk:
    """A desk with an old model and a new one, which is chosen."""
    desk.registry.folder.mkdir(parents=True)
    for letter in "ab":
        file = f"bot-{letter * 12}.tar.gz"
        (desk.registry.folder / file).write_text(letter)
        desk.registry.add(Model(file, letter * 64, hashlib.sha256(letter.encode()).hexdigest(), 1.0, 1.0))
    old, new = desk.registry.models()
    desk.registry.activate(old)
    desk.registry.activate(new)
    return desk


def followed(desk: Desk) -> tuple[str, list[str]]:
    told: list[str] = []
    return follow.follow(desk.settings, desk.registry, NEW, told.append), told


def test_it_waits_until_the_new_one_serves_and_says_how_far_it_is(chosen: Desk) -> None:
    story = [health(OLD), health(OLD, NEW), health(OLD, NEW), health(NEW)]
    chosen.run_product(lambda asked: story[min(asked, 3)])
    assert followed(chosen) == (
        f"Model {NEW} is live.",
        [f"the product starts model {NEW} beside {OLD}, which serves until then"],
    )


def test_a_product_that_lacks_another_part_is_followed_all_the_same(chosen: Desk) -> None:
    chosen.run_product(lambda _: health(NEW), status=503)
    assert followed(chosen)[0] == f"Model {NEW} is live."


def test_several_processes_are_waited_for_until_the_last(chosen: Desk) -> None:
    story = [health(f"{OLD}, {NEW}"), health(f"{OLD}, {NEW}"), health(NEW)]
    asked_for = []
    chosen.run_product(lambda asked: asked_for.append(asked) or story[min(asked, 2)])  # type: ignore[func-returns-value]
    assert followed(chosen)[0] == f"Model {NEW} is live."
    assert len(asked_for) == 3


def test_without_a_product_it_serves_from_the_next_start_on(chosen: Desk) -> None:
    sentence, _ = followed(chosen)
    assert sentence == f"No product is running at 127.0.0.1:9. Model {NEW} serves from the next start on."


def test_another_server_at_the_port_is_not_taken_for_the_product(chosen: Desk) -> None:
    chosen.run_product(lambda _: {"live": NEW})
    assert followed(chosen)[0].startswith("No product is running")


def test_a_refusal_is_told_with_its_last_words_and_with_who_goes_on(chosen: Desk) -> None:
    log = chosen.settings.data_dir / "log" / "bot.log"
    log.parent.mkdir()
    log.write_bytes(b"x" * follow.LAST_BYTES + b"\nlong ago\n" + b"more\n" * 4 + "memoria llena ñ\n".encode())

    def says(asked: int) -> dict[str, object]:
        if asked < 2:
            return health(OLD, NEW)
        chosen.registry.activate(chosen.registry.models()[0], rejected="b" * 64)
        return health(OLD, refused=(NEW, "did not start"))

    chosen.run_product(says)
    with pytest.raises(NotServed) as told:
        followed(chosen)
    assert told.value.exit_code == 4
    first, *lines = str(told.value).splitlines()
    assert first == f"Model {NEW} could not be used: did not start. The end of its log {log}:"
    assert lines == [
        *["more"] * 4,
        "memoria llena ñ",
        f"Model {OLD} is the chosen one again and serves customers as before.",
    ]


def test_a_refusal_for_another_reason_quotes_no_log(chosen: Desk) -> None:
    def says(_: int) -> dict[str, object]:
        chosen.registry.activate(chosen.registry.models()[0], rejected="b" * 64)
        return health("none", refused=(NEW, "its file is gone"))

    chosen.run_product(says)
    with pytest.raises(NotServed) as told:
        followed(chosen)
    assert str(told.value) == (
        f"Model {NEW} could not be used: its file is gone.\nModel {OLD} is the chosen one again."
    )


def test_a_log_that_cannot_be_read_is_said(chosen: Desk) -> None:
    def says(_: int) -> dict[str, object]:
        chosen.registry.activate(chosen.registry.models()[0], rejected="b" * 64)
        return health(OLD, refused=(NEW, "did not start"))

    chosen.run_product(says)
    with pytest.raises(NotServed, match=r"bot\.log cannot be read \(No such file or directory\)"):
        followed(chosen)


def test_a_refusal_of_before_does_not_end_a_new_try(chosen: Desk) -> None:
    story = [health(OLD, refused=(NEW, "no memory")), health(OLD, NEW, (NEW, "no memory")), health(NEW)]
    chosen.run_product(lambda asked: story[min(asked, 2)])
    assert followed(chosen)[0] == f"Model {NEW} is live."


def test_a_product_of_another_folder_is_told(chosen: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(follow, "NOTICE", 0.0)
    chosen.run_product(lambda _: health("c" * 12))
    sentence, _ = followed(chosen)
    assert f"serves with {'c' * 12}" in sentence and "another FRONTDOOR_DATA_DIR" in sentence


def test_a_product_too_busy_to_say_is_asked_again(chosen: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(follow, "ANSWERS_WITHIN", 0.2)
    busy = threading.Event()

    def says(asked: int) -> dict[str, object]:
        if asked == 0:
            busy.wait(1.0)
        return health(NEW)

    chosen.run_product(says)
    assert followed(chosen)[0] == f"Model {NEW} is live."


def test_it_does_not_wait_for_ever(chosen: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(follow, "PATIENCE", 0.1)
    chosen.run_product(lambda _: health(OLD, NEW))
    with pytest.raises(NotServed, match=rf"model {NEW} is still not live .* Customers are served as before\."):
        followed(chosen)


def test_while_no_bot_serves_it_is_not_said_that_customers_are_served_as_before(
    chosen: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follow, "PATIENCE", 0.1)
    chosen.run_product(lambda _: health("none", NEW))
    told: list[str] = []
    with pytest.raises(NotServed, match=r"No bot serves; plain rules answer customers.*--rollback") as why:
        follow.follow(chosen.settings, chosen.registry, NEW, told.append)
    assert "as before" not in str(why.value)
    assert told == [f"the product starts model {NEW}"]
