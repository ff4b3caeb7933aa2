"""What customers say in three languages, and whether a person is fetched for it."""

import pytest

from handoff.detection import Context, Detector, Reading, Said
from handoff.detection.moment import LOOKED_AT
from handoff.detection.weighing import REASONS


def told(*texts: str) -> list[Said]:
    """Turns from lines that begin with c: or b:."""
    return [Said("customer" if text[0] == "c" else "bot", text[2:], seq) for seq, text in enumerate(texts)]


def read(language: str, *texts: str, context: Context | None = None) -> Reading:
    return Detector().read(told(*texts), language, context)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I want to talk to a human"),
        ("en", "can I speak to your manager please"),
        ("en", "agent"),
        ("en", "just give me a real person"),
        ("en", "speek to sombody"),
        ("en", "is there a human"),
        ("en", "advisor"),
        ("en", "operator please"),
        ("en", "rep"),
        ("zh", "转人工"),
        ("zh", "帮我找个真人客服"),
        ("zh", "轉真人客服謝謝"),
        ("zh", "can I talk to a real person? 中文英文都行"),
        ("ko", "상담원 연결해 주세요"),
        ("ko", "사람이랑 얘기하고 싶어요"),
        ("ko", "책임자 바꿔주세요"),
        ("ko", "상담월 연결"),
    ],
)
def test_who_asks_for_a_person_gets_one_at_once(language: str, text: str) -> None:
    reading = read(language, f"c:{text}")
    assert (reading.decision, reading.reason) == ("hand_over", "explicit_request")


@pytest.mark.parametrize(
    ("language", "form", "text"),
    [
        ("en", "What name should we use?", "just let me talk to a real person"),
        ("zh", "怎么称呼您？", "不填了，直接转人工"),
        ("ko", "성함을 어떻게 적어 둘까요?", "그냥 상담원 연결해 주세요"),
    ],
)
def test_a_request_is_honoured_in_the_middle_of_a_form(language: str, form: str, text: str) -> None:
    assert read(language, "c:LL-20418837", f"b:{form}", f"c:{text}").decision == "hand_over"


@pytest.mark.parametrize(
    ("language", "offer", "yes"),
    [
        ("en", "Would you like to talk to a person?", "yes pls, asap"),
        ("zh", "需要帮您转给人工吗？", "嗯嗯转吧"),
        ("ko", "상담원에게 연결해 드릴까요?", "네 연결해 주세요"),
    ],
)
def test_who_accepts_the_offer_of_a_person_gets_one(language: str, offer: str, yes: str) -> None:
    assert read(language, "c:?", f"b:{offer}", f"c:{yes}").reason == "explicit_request"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        # talk of people
        ("en", "are your cushions sewn by real people or machines?"),
        ("zh", "橡木衣柜上门安装人工费怎么算"),
        ("ko", "이 머그 진짜 사람이 하나하나 손으로 빚은 거예요?"),
        # joy in capitals and exclamation marks
        ("en", "YAY IT CAME TODAY AND I LOVE IT!!!"),
        ("zh", "收到了！！！太喜欢了！！！谢谢！！"),
        ("ko", "왔어요!!!! 너무 예뻐요!!!! 감사합니다"),
        # a report of a mistake, meant to help
        ("en", "the app crashes when I open the camera, version 3.2. Happy to send logs"),
        ("zh", "打开相机App就闪退，版本3.2，需要的话我可以发日志"),
        ("ko", "카메라 열면 앱이 꺼져요. 버전 3.2고 로그 보내 드릴 수 있어요"),
        # anger at somebody else
        ("en", "the courier is an idiot, threw it over the fence. Everything is fine though, how do I oil the bench?"),
        ("zh", "快递小哥真不靠谱，扔雨里了，还好里面没事。盘子能进微波炉吗"),
        ("ko", "택배 기사 진짜 개념이 없네요. 다행히 안은 멀쩡해요. 세척은 어떻게 해요?"),
        # danger and law as a matter of interest
        ("en", "is it actually legal that opened pillows can't be returned? I study law"),
        ("zh", "我对青霉素过敏，体检的时候要提前说吗"),
        ("ko", "화재보험 가입증명서 어디서 뽑아요?"),
    ],
)
def test_what_only_looks_like_trouble_is_answered_by_the_bot(language: str, text: str) -> None:
    assert read(language, f"c:{text}").decision in ("go_on", "acknowledge")


@pytest.mark.parametrize(
    ("language", "late", "news", "thanks"),
    [
        ("en", "my parcel is three days late", "It is out for delivery.", "it just arrived, thanks for sorting it!"),
        ("zh", "包裹晚了三天", "今天正在派送。", "收到了，谢谢你们帮忙"),
        ("ko", "택배가 사흘이나 늦네요", "오늘 배송 중입니다.", "방금 받았어요 감사합니다"),
    ],
)
def test_thanks_after_trouble_is_no_trouble(language: str, late: str, news: str, thanks: str) -> None:
    assert read(language, f"c:{late}", f"b:{news}", f"c:{thanks}").decision == "go_on"


@pytest.mark.parametrize(
    ("language", "turns"),
    [
        ("en", ["warranty on a pan?", "Pans have 5 years.", "and on a bed?", "Beds have 10 years.", "and the kettle?"]),
        ("zh", ["锅保修多久", "锅 5 年。", "床架保修多久", "床架 10 年。", "水壶呢"]),
        ("ko", ["팬 보증 몇 년이에요?", "팬은 5년입니다.", "침대는요?", "침대는 10년입니다.", "주전자는요?"]),
    ],
)
def test_the_same_question_about_another_thing_is_no_loop(language: str, turns: list[str]) -> None:
    spoken = [("cb"[place % 2]) + ":" + text for place, text in enumerate(turns)]
    assert read(language, *spoken).decision == "go_on"


@pytest.mark.parametrize(
    ("language", "question", "answer", "more", "protest"),
    [
        ("en", "where is my parcel", "Tracking is updated within 24 hours.", "three days, still nothing",
         "you just said that, it is not true"),
        ("zh", "我的包裹在哪", "物流信息 24 小时内更新。", "三天了还没动静", "你刚才就说过了，根本不对"),
        ("ko", "택배 어디 있어요", "배송 정보는 24시간 안에 갱신됩니다.", "3일째 그대로예요",
         "방금 한 말이잖아요 계속 똑같은 말만 하시네요"),
    ],
)  # fmt: skip
def test_going_in_circles_ends_with_a_person(
    language: str, question: str, answer: str, more: str, protest: str
) -> None:
    reading = read(language, f"c:{question}", f"b:{answer}", f"c:{more}", f"b:{answer}", f"c:{protest}")
    assert (reading.decision, reading.reason) == ("hand_over", "loop")
    assert [one.quote for one in reading.ledger if one.name == "loop"] in ([answer], [protest])


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "the kettle gave me an electric shock, my hand is numb"),
        ("zh", "水壶漏电，把我电了一下，手到现在还麻"),
        ("ko", "주전자 만지다가 감전됐어요 팔이 저려요"),
    ],
)
def test_danger_fetches_a_person_however_calmly_it_is_told(language: str, text: str) -> None:
    reading = read(language, f"c:{text}")
    assert (reading.decision, reading.reason) == ("hand_over", "safety")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "If the money is not back by Friday you will hear from my lawyer"),
        ("zh", "再不退钱我就打12315投诉，让律师联系你们"),
        ("ko", "금요일까지 환불 안 되면 소비자원에 신고하고 변호사 통해 연락하겠습니다"),
    ],
)
def test_a_threat_is_for_a_person(language: str, text: str) -> None:
    reading = read(language, "c:LL-20418837", "b:OK.", f"c:{text}")
    assert reading.decision == "hand_over"
    assert "threat" in {one.name for one in reading.ledger if one.weight > 0}


def test_every_quote_of_the_ledger_was_said_in_the_turn_it_names() -> None:
    turns = told(
        "c:Where IS it?", "b:It’s on its way.", "c:No, that’s NOT it.", "b:It’s on its way.", "c:You “just” said that!"
    )
    for one in Detector().read(turns, "en").ledger:
        assert one.quote in turns[one.seq].text


def test_the_ledger_adds_up_to_the_decision_of_what_was_shown() -> None:
    reading = read("en", "c:This is ridiculous, I am furious with you")
    assert reading.reason == "anger"
    assert next(one.name for one in reading.ledger if one.name in REASONS) == "anger"
    assert [abs(one.weight) for one in reading.ledger] == sorted(
        (abs(one.weight) for one in reading.ledger), reverse=True
    )


def test_a_pressed_button_for_a_person_is_a_request_whatever_was_written() -> None:
    reading = read("en", "c:ok", context=Context(request_human=0.9))
    assert (reading.decision, reading.reason) == ("hand_over", "explicit_request")
    assert reading.ledger[0].name == "explicit_request"


def test_the_second_miss_offers_a_person() -> None:
    reading = read("en", "c:blue lamps, for the desk", context=Context(misses=2))
    assert (reading.decision, reading.reason) == ("offer", "misses")


def test_a_field_asked_for_the_third_time_offers_a_person() -> None:
    reading = read("en", "c:jo@example.com", context=Context(form_asked=3))
    assert (reading.decision, reading.reason) == ("offer", "form_again")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "This is ridiculous, I am furious with you"),
        ("zh", "气死我了，什么垃圾平台"),
        ("ko", "진짜 열받네 이게 뭡니까"),
    ],
)
def test_who_is_angry_is_not_shown_as_one_who_is_hurt(language: str, text: str) -> None:
    assert read(language, f"c:{text}").reason != "safety"


def test_a_long_wait_weighs_more_than_none() -> None:
    assert read("en", "c:hello?", context=Context(waited=900)).probability > read("en", "c:hello?").probability


def test_a_conversation_of_any_length_is_read_by_its_last_turns() -> None:
    old = [Said("customer", "you idiots, same answer again", seq) for seq in range(500)]
    last = [Said("bot" if seq % 2 else "customer", "ok", 500 + seq) for seq in range(LOOKED_AT + 1)]
    assert Detector().read([*old, *last], "en") == Detector().read(last, "en")


def test_what_the_bot_said_after_the_customers_last_turn_changes_nothing() -> None:
    assert read("en", "c:where is it", "b:You idiot.") == read("en", "c:where is it")


def test_a_language_without_words_of_its_own_is_read_by_the_english_ones() -> None:
    assert read("nl-NL", "c:human please").decision == "hand_over"


def test_nothing_said_is_no_trouble() -> None:
    assert Detector().read([], "en") == Reading(0.0, "go_on", "", ())


def test_numbers_of_another_encoder_are_not_used() -> None:
    def wrong(text: str) -> list[float]:
        raise AssertionError("asked for the meaning")

    text = told("c:I want to talk to a human")
    assert Detector(meaning=wrong, encoder="another@1").read(text, "en") == Detector().read(text, "en")


def test_the_encoders_numbers_count_when_it_is_the_one_the_model_knows() -> None:
    def nothing(text: str) -> list[float]:
        return [0.0] * 384

    text = told("c:hm, odd")
    mine = Detector(meaning=nothing, encoder="all-MiniLM-L6-v2@1").read(text, "en")
    assert mine.probability != Detector().read(text, "en").probability
