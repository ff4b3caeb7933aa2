"""The intent model: what was meant, how sure, and whether it is for us, however few examples it was given."""

import math

import numpy as np
import pytest
from components import intents
from components.intents import OUT_OF_SCOPE, UNLEARNT_LINE, IntentModel
from components.linear import Linear
from components.scripts import normalise
from small import SAID, SHOP, STRANGERS, blank, fitted, read

NONSENSE = ["zzz qqq xxx", "嗡嘛呢叭咪吽", "啊啊啊啊啊", "?!?!", "0000000"]


@pytest.fixture(scope="module")
def shop() -> IntentModel:
    return fitted(SHOP)


@pytest.mark.parametrize(
    ("text", "intent"),
    [("退款", "refund"), ("快递呢", "order_status"), ("发票", "invoice"), ("忘了密码", "account_access")],
)
def test_a_new_wording_is_understood(shop: IntentModel, text: str, intent: str) -> None:
    reading = read(shop, text)
    assert reading.ranking[0][0] == intent and not reading.rejected
    assert reading.nearest[0][1] == intent and reading.nearest[0][0] in SAID[intent]


@pytest.mark.parametrize("text", [*NONSENSE, "明天天气", "讲笑话"])
def test_what_is_not_for_the_shop_is_rejected(shop: IntentModel, text: str) -> None:
    assert read(shop, text).rejected


@pytest.mark.parametrize("text", ["退款", *NONSENSE, ""])
def test_probabilities_are_ranked_and_between_0_and_1(shop: IntentModel, text: str) -> None:
    reading = read(shop, text)
    chances = [chance for _, chance in reading.ranking]
    assert chances == sorted(chances, reverse=True) and all(0 <= chance <= 1 for chance in chances)
    assert sum(chances) <= 1 + 1e-6 and 0 <= reading.scope <= 1
    assert sorted(name for name, _ in reading.ranking) == sorted(SAID)


def test_similarities_are_ranked_and_quote_what_was_taught(shop: IntentModel) -> None:
    nearest = read(shop, "退款多久到账啊").nearest
    assert [s for _, _, s in nearest] == sorted((s for _, _, s in nearest), reverse=True)
    assert nearest[0][0] == "退款多久到账" and all(text in SHOP[intent] for text, intent, _ in nearest)


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(SHOP, id="strangers taught"),
        pytest.param(SAID, id="strangers played by hidden intents"),
        pytest.param({**SHOP, "praise": ["真棒"]}, id="one intent with one example"),
        pytest.param({**SAID, OUT_OF_SCOPE: STRANGERS[:2]}, id="few strangers"),
        pytest.param({name: texts[:2] for name, texts in SAID.items()}, id="two examples an intent"),
        pytest.param({"refund": SAID["refund"], OUT_OF_SCOPE: STRANGERS}, id="one intent and strangers"),
    ],
)
def test_line_and_temperature_are_learnt_and_sane(said: dict) -> None:
    model = fitted(said)
    assert math.exp(-3) < model.sureness.temperature < math.exp(1.5)
    assert 0 < model.threshold < 1 and model.threshold != UNLEARNT_LINE
    assert (model.scope_weights >= 0).all() and np.isfinite(model.scope_bias)
    assert read(model, "退款").ranking[0][0] == "refund"


@pytest.mark.parametrize(
    "said",
    [
        pytest.param({name: SAID[name] for name in ("refund", "invoice")}, id="two intents"),
        pytest.param({name: texts[:1] for name, texts in SAID.items()}, id="one example an intent"),
        pytest.param({"refund": SAID["refund"]}, id="one intent"),
        pytest.param({"refund": ["退款"]}, id="one example"),
        pytest.param({"refund": SAID["refund"], OUT_OF_SCOPE: STRANGERS[:3]}, id="one intent, few strangers"),
    ],
)
def test_too_little_to_learn_a_line_from_still_tells_nonsense(said: dict) -> None:
    model = fitted(said)
    assert model.threshold == UNLEARNT_LINE
    known = read(model, said["refund"][0])
    assert known.ranking[0][0] == "refund" and not known.rejected
    assert all(read(model, text).rejected for text in NONSENSE)


def test_many_texts_at_once_read_as_each_alone(shop: IntentModel) -> None:
    texts = ["退款", "天气", "发票怎么开呢"]
    for together, text in zip(shop.read(texts, blank(texts)), texts):
        alone = read(shop, text)
        assert together.scope == pytest.approx(alone.scope) and together.ranking[0][0] == alone.ranking[0][0]


def test_vectors_carry_what_characters_do_not(encoder) -> None:
    said = {
        "refund": ["i want my money back", "please refund me", "give me a refund", "return the payment"],
        "order_status": ["where is my parcel", "track my order", "has it been shipped", "when will it arrive"],
    }
    texts = [text for texts in said.values() for text in texts]
    labels = [name for name, texts in said.items() for _ in texts]
    model = IntentModel("latin", True).fit(texts, labels, encoder.encode(texts))
    asked = normalise("Could you REIMBURSE the cash?")
    assert model.read([asked], encoder.encode([asked]))[0].ranking[0][0] == "refund"


@pytest.mark.parametrize(("most", "many"), [(20, True), (30, False)])
def test_a_part_is_fitted_in_the_same_way_as_the_whole(most: int, many: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """A temperature learnt from scores of another kind would make every probability wrong."""
    seen = []
    fit = Linear.fit
    monkeypatch.setattr(intents, "MANY", most)
    monkeypatch.setattr(Linear, "fit", lambda X, labels, names, many: seen.append(many) or fit(X, labels, names, many))
    fitted(SAID)
    assert sum(len(texts) for texts in SAID.values()) == 24
    assert seen == [many] * (intents.FOLDS * intents.OFTEN + 1)


@pytest.mark.parametrize(("enough", "times"), [(24, 1), (60, 2), (1500, 4)])
def test_few_examples_are_held_out_over_and_over(enough: int, times: int, monkeypatch: pytest.MonkeyPatch) -> None:
    fits = []
    fit = Linear.fit
    monkeypatch.setattr(intents, "ENOUGH_ROWS", enough)
    monkeypatch.setattr(Linear, "fit", lambda X, labels, names, many: fits.append(1) or fit(X, labels, names, many))
    fitted(SAID)
    assert len(fits) == intents.FOLDS * times + 1


def test_a_line_is_the_lower_the_more_a_needless_rejection_costs(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = []
    for cost in (0.2, 1.0, 5.0):
        monkeypatch.setattr(intents, "COST_OF_FALSE_REJECT", cost)
        lines.append(fitted(SHOP).threshold)
    assert lines == sorted(lines, reverse=True) and lines[0] > lines[-1]
