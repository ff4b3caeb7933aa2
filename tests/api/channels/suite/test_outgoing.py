"""The way out, for every channel: within the app's limits, the same each time, and nothing of the text lost."""

import json

import pytest

from api.channels import CHANNELS
from api.channels.port import OutgoingWord, Request, Source
from api.settings import Settings

from .sample import Sample

TEXTS = {
    "short": "Here you are.",
    "sentences": "Please wait one day. " * 800,
    "chinese": "包裹显示已送达，但是没有收到。请先等一天！" * 400,
    "korean": "배송이 지연되고 있어요. 하루만 더 기다려 주세요. " * 400,
    "emoji": "👩‍👩‍👧‍👦👍🏽🇳🇱" * 1500,
    "one word": "x" * 20_000,
    "paragraphs": ("word " * 300 + "\n\n") * 20,
}


def address(settings: Settings, sample: Sample) -> str:
    body = sample.message(1, 1, "hello")
    request = Request("POST", "", {}, {k.lower(): v for k, v in sample.sign(body).items()}, body)
    [message] = CHANNELS[sample.name](settings).read(request)
    return message.address


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_text_of_any_length_goes_out_whole_and_within_the_limit(
    settings: Settings, sample: Sample, text: str
) -> None:
    channel = CHANNELS[sample.name](settings)
    word = OutgoingWord(
        address(settings, sample), 7, text, ["Yes", "No"], [Source("An article", "https://x.example/a")]
    )
    parts = channel.render(word)
    assert parts == channel.render(word)
    said = "".join(json.dumps(dict(part.body), ensure_ascii=False) for part in parts)
    assert said.count("Yes") == 1
    assert all(not part.optional for part in parts)
    texts = [max((v for v in part.body.values() if isinstance(v, str)), key=len) for part in parts]
    assert all(0 < channel.limits.measure(one) <= channel.limits.text for one in texts)
    assert "".join("".join(texts).split()) == "".join(f"{text}An articlehttps://x.example/a".split())


def test_an_app_without_its_account_says_what_is_missing_and_only_pretends(settings: Settings, sample: Sample) -> None:
    channel = CHANNELS[sample.name](settings)
    assert all(name.startswith("FRONTDOOR_") for name in channel.missing())
    assert channel.missing()
    assert channel.simulated(address(settings, sample))


def test_what_is_simulated_is_signed_and_read_like_the_real_thing(settings: Settings, sample: Sample) -> None:
    channel = CHANNELS[sample.name](settings)
    request, place = channel.simulate("안녕하세요", "ko", "민수", "")
    channel.verify(request)
    [message] = channel.read(request)
    assert (message.text, message.locale, message.address) == ("안녕하세요", "ko", place)
    assert channel.simulated(place)
    again, same = channel.simulate("again", "ko", "민수", "")
    assert same == place
    assert channel.read(again)[0].provider_id != message.provider_id
    assert channel.simulate("hi", "en", "Jane", "")[1] != place
