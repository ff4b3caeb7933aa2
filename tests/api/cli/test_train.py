"""`frontdoor train`: checked first, measured before it serves, held back when it is worse, and always a way back."""

import json

import pytest

from tests.api.cli.conftest import INTENTS, Desk
from tests.api.cli.products import health

#: Questions the small bot reads right when it was taught `refund money`.
MONEY = [(f"money {n}", "refund") for n in range(20)]
GREETINGS = [(f"greet {n} times", "greet") for n in range(20)]


@pytest.fixture
def trained(desk: Desk) -> Desk:
    """A desk whose bot knows about money, and is live."""
    desk.teach({"refund": ["my money back"]})
    desk.ask([*MONEY, *GREETINGS, ("xyz", "__out_of_scope__")])
    told = desk.frontdoor("train")
    assert told.code == 0, told.aside
    return desk


def serve(desk: Desk) -> None:
    """A product that follows the registry at once."""

    def says(_: int) -> dict[str, object]:
        active = desk.registry.active()
        return health(active.version if active else "none")

    desk.run_product(says)


def test_a_first_training_is_measured_and_chosen(trained: Desk) -> None:
    active = trained.registry.active()
    assert active is not None
    kept = json.loads((trained.registry.folder / f"eval-{active.version}.json").read_text("utf-8"))
    assert sum(reading["read_as"] == reading["label"] for reading in kept["readings"]) == 41
    assert trained.calls == ["train", "evaluate"]


def test_a_first_training_says_the_figures_and_what_comes_next(desk: Desk) -> None:
    desk.ask(GREETINGS)
    told = desk.frontdoor("train")
    assert "100.0%" in told.out and "No product is running" in told.out
    assert "learning (1 s)" in told.aside


def test_nothing_changed_is_said_and_nothing_is_done(trained: Desk) -> None:
    before, done = trained.registry.active(), len(trained.calls)
    serve(trained)
    told = trained.frontdoor("train")
    assert told.code == 0
    assert before and f"Nothing changed since model {before.version} was trained." in told.out
    assert f"Model {before.version} is live." in told.out
    assert len(trained.calls) == done


def test_every_mistake_is_printed_with_its_line_and_nothing_is_touched(trained: Desk) -> None:
    before, done = trained.registry.active(), len(trained.calls)
    lines = trained.nlu.read_text("utf-8").splitlines()
    lines[1], lines[5] = "- intent: greeet", "    not an example"
    trained.nlu.write_text("\n".join(lines), "utf-8")
    trained.ask([("hello", "nobody")], "ko")
    article = trained.root / "data" / "articles" / "own" / "broken.md"
    article.parent.mkdir(parents=True)
    article.write_text("---\ntitle: [\n---\ntext\n")
    told = trained.frontdoor("train")
    assert told.code == 2
    assert f"{trained.nlu}:2: there is no intent 'greeet'; did you mean 'greet'?" in told.out
    assert f"{trained.nlu}:6: this line would not be learnt" in told.out
    assert f"{trained.root}/training/heldout/intents_ko.csv:2: there is no label 'nobody'" in told.out
    assert f"{article}:" in told.out
    assert "4 mistakes. Nothing was trained, nothing was changed." in told.out
    assert trained.registry.active() == before and len(trained.calls) == done


def test_the_check_alone_shows_every_warning_and_trains_nothing(desk: Desk) -> None:
    desk.teach({"greet": [f"hi {n}" for n in range(9)], "refund": ["back"]})
    desk.ask([(f"hi {n}", "greet") for n in range(9)])
    told = desk.frontdoor("train", "--check")
    assert told.code == 0 and told.out.count("warning:") == 9
    assert f"{len(INTENTS) * 5 + 10} examples and 9 held-out questions can be used." in told.out
    assert desk.calls == [] and not (desk.root / "data").exists()
    desk.nlu.write_text("nlu:\n", "utf-8")
    assert desk.frontdoor("train", "--check").code == 2


def test_a_better_model_goes_live_and_says_what_got_better(trained: Desk) -> None:
    trained.ask([*MONEY, *GREETINGS, *((f"coins {n}", "refund") for n in range(4))])
    old = trained.registry.active()
    trained.teach({"refund": ["my money back", "coins please"]})
    serve(trained)
    told = trained.frontdoor("train")
    new = trained.registry.active()
    assert told.code == 0 and old and new and new != old
    assert "90.9% → 100.0%" in told.out and "+9.1 points" in told.out
    assert "20 → 24 of 24" in told.out
    assert f"Model {new.version} is live." in told.out and "frontdoor train --rollback" in told.out
    # The questions changed, so the model before was read again with them.
    assert trained.calls[-3:] == ["train", "evaluate", "evaluate"]


def test_a_measurement_that_is_there_is_not_made_again(trained: Desk) -> None:
    trained.teach({"refund": ["my money back", "coins please"]})
    trained.frontdoor("train")
    assert trained.calls == ["train", "evaluate", "train", "evaluate"]


def test_a_worse_model_is_kept_back_with_the_sentences_it_lost(trained: Desk) -> None:
    old = trained.registry.active()
    trained.teach({"greet": ["money"]})
    serve(trained)
    told = trained.frontdoor("train")
    assert told.code == 3
    assert "en 100.0% → 51.2%" in told.out
    assert "worse: refund (en)" in told.out and "“money 0” is now read as greet" in told.out
    assert "… and 17 more" in told.out
    assert "frontdoor train --even-if-worse" in told.out
    assert trained.registry.active() == old and len(trained.registry.models()) == 2


def test_what_was_held_back_is_not_made_live_by_the_next_start(trained: Desk) -> None:
    trained.teach({"greet": ["money"]})
    trained.frontdoor("train")
    held = trained.registry.models()[-1]
    assert trained.registry.rejected == (held.made_from,)
    # And asking again says the same, without a training.
    assert trained.frontdoor("train").code == 3
    assert trained.calls.count("train") == 2


def test_even_if_worse_makes_it_live_without_training_again(trained: Desk) -> None:
    trained.teach({"greet": ["money"]})
    trained.frontdoor("train")
    serve(trained)
    told = trained.frontdoor("train", "--even-if-worse")
    assert told.code == 0 and trained.calls.count("train") == 2
    assert trained.registry.active() == trained.registry.models()[-1]
    assert trained.registry.rejected == ()


def test_rollback_goes_one_back_each_time_and_says_when_there_is_none(trained: Desk) -> None:
    for extra in ("coins", "bank"):
        trained.teach({"refund": ["my money back", extra]})
        assert trained.frontdoor("train").code == 0
    first, second, third = trained.registry.models()
    serve(trained)
    for newer, older in ((third, second), (second, first)):
        told = trained.frontdoor("train", "--rollback")
        assert told.code == 0
        assert f"Going back from model {newer.version} to {older.version}." in told.out
        assert f"Model {older.version} is live." in told.out
        # Each that was taken back stays so, also what the files hold, however far it went.
        assert trained.registry.rejected[-1] == newer.made_from and third.made_from in trained.registry.rejected
    told = trained.frontdoor("train", "--rollback")
    assert told.code == 1 and told.aside.strip().startswith(f"There is no model before {first.version}")


def test_what_was_taken_back_goes_live_again_only_when_that_is_said(trained: Desk) -> None:
    trained.teach({"refund": ["my money back", "coins"]})
    trained.frontdoor("train")
    trained.frontdoor("train", "--rollback")
    told = trained.frontdoor("train")
    assert told.code == 3 and "it was taken back or held back before" in told.out
    assert trained.frontdoor("train", "--even-if-worse").code == 0
    assert trained.registry.active() == trained.registry.models()[-1]


def test_rollback_takes_back_what_served_and_not_edits_nobody_trained(trained: Desk) -> None:
    trained.teach({"refund": ["my money back", "coins"]})
    trained.frontdoor("train")
    taken_back = trained.registry.active()
    trained.teach({"refund": ["my money back", "bank"]})
    assert trained.frontdoor("train", "--rollback").code == 0
    assert taken_back and trained.registry.rejected == (taken_back.made_from,)
    # The edits are new: they are trained and go live without a word about having been taken back.
    assert trained.frontdoor("train").code == 0
    # And what was taken back stays so.
    trained.teach({"refund": ["my money back", "coins"]})
    assert trained.frontdoor("train").code == 3


def test_each_one_that_was_held_back_stays_so(trained: Desk) -> None:
    for extra in ("money", "money back"):
        trained.teach({"greet": [extra]})
        assert trained.frontdoor("train").code == 3
    held = tuple(model.made_from for model in trained.registry.models()[1:])
    assert len(held) == 2 and trained.registry.rejected == held


def test_rollback_before_any_training_says_what_to_do(desk: Desk) -> None:
    told = desk.frontdoor("train", "--rollback")
    assert told.code == 1 and "Run `frontdoor train`" in told.aside


def test_a_training_that_fails_is_told_and_the_live_model_stays(trained: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    before = trained.registry.active()
    trained.teach({"refund": ["coins"]})
    monkeypatch.setenv("SMALL_BOT_FAILS", "train")
    told = trained.frontdoor("train")
    assert told.code == 1 and "there is not enough memory" in told.aside
    assert trained.registry.active() == before


def test_a_model_that_cannot_be_measured_does_not_go_live(trained: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    before = trained.registry.active()
    trained.teach({"refund": ["coins"]})
    monkeypatch.setenv("SMALL_BOT_FAILS", "evaluate")
    told = trained.frontdoor("train")
    assert told.code == 1 and "The evaluation did not finish" in told.aside
    assert trained.registry.active() == before


def test_a_model_the_product_refuses_ends_with_four(trained: Desk) -> None:
    old = trained.registry.active()
    trained.teach({"refund": ["my money back", "coins"]})
    assert old is not None

    def says(_: int) -> dict[str, object]:
        # As the product does it: the model before is chosen again, and the refusal is told.
        refused = trained.registry.models()[-1]
        trained.registry.activate(old, rejected=refused.made_from)
        return health(old.version, refused=(refused.version, "did not start"))

    log = trained.root / "data" / "log" / "bot.log"
    log.parent.mkdir()
    log.write_text("long ago\n" * 9 + "no memory left\n")
    trained.run_product(says)
    told = trained.frontdoor("train")
    assert told.code == 4
    assert "no memory left" in told.aside and f"Model {old.version} is the chosen one again" in told.aside


def test_two_trainings_at_once_are_one_and_a_sentence(trained: Desk) -> None:
    trained.teach({"refund": ["coins"]})
    with trained.registry.training():
        told = trained.frontdoor("train")
    assert told.code == 1 and "A training is already under way" in told.aside


def test_a_live_model_that_was_tampered_with_is_replaced(trained: Desk) -> None:
    active = trained.registry.active()
    assert active is not None
    (trained.registry.folder / active.file).write_text("something else")
    told = trained.frontdoor("train")
    assert told.code == 0 and "is not the one that was trained here" in told.aside
    assert trained.calls.count("train") == 2


def test_measurements_of_models_that_are_gone_are_tidied_away(trained: Desk) -> None:
    stray = trained.registry.folder / "eval-0123456789ab.json"
    stray.write_text("{}")
    trained.teach({"refund": ["my money back", "coins"]})
    trained.frontdoor("train")
    assert not stray.exists()
    assert len(list(trained.registry.folder.glob("eval-*.json"))) == 2


def test_without_held_out_questions_it_says_that_nothing_was_measured(desk: Desk) -> None:
    told = desk.frontdoor("train")
    assert told.code == 0 and "nothing was measured" in told.out
