"""What customers say they tried is noticed; what they did not do, or ask about, is not."""

import pytest

from handoff.packet.steps import steps, steps_in

DONE = {
    "restart": [
        "I restarted the app twice and it still crashes",
        "already tried turning it off and on again",
        "Rebooted, no change.",
        "I restarted it, so why does it still crash?",
        "재부팅했는데 왜 안 되죠?",
        "I've unplugged it for a minute, nothing",
        "我重启过好几次了还是不行",
        "已经重新启动了",
        "试过关机再开也没用",
        "试过重启，没用",
        "재부팅도 해 봤는데 똑같아요",
        "껐다 켜 봤어요",
        "전원을 뽑았다가 다시 꽂았어요",
        "재시작 세 번이나 했어요",
    ],
    "reinstall": [
        "reinstalled the app yesterday",
        "卸载重装了也一样",
        "앱을 지웠다가 다시 깔았어요",
        "재설치했는데도 안 돼요",
    ],
    "clear_cache": [
        "cleared my cache and cookies",
        "缓存也清了",
        "清理过缓存",
        "캐시 다 지웠어요",
        "쿠키도 삭제했습니다",
    ],
    "reset_password": ["I reset my password twice", "密码也重置过了", "비밀번호 재설정했는데도 안 돼요"],
    "another_browser": [
        "tried it in a different browser, same",
        "same on another phone",
        "换了浏览器也不行",
        "다른 브라우저에서도 똑같아요",
    ],
    "checked_spam": ["nothing in my spam folder", "垃圾邮件也看过了", "스팸함도 확인했어요"],
    "checked_tracking": [
        "the tracking says it was delivered",
        "物流信息查过了，没更新",
        "배송 조회 해 봤는데 멈춰 있어요",
    ],
    "sent_photos": ["I sent you two photos already", "照片已经发了", "사진은 아까 보냈어요"],
}
NOT_DONE = [
    "I haven't restarted it",
    "should I restart it?",
    "do I need to reinstall the app?",
    "How do I clear the cache?",
    "I never reset my password",
    "I didn't check the spam folder",
    "can I send photos here?",
    "I will send photos tonight",
    "it restarts by itself all the time",
    "没有重启",
    "要不要重启一下？",
    "我还没清缓存",
    "怎么重装",
    "需要重启吗",
    "照片还没发",
    "怎么重置密码？",
    "재부팅 안 했어요",
    "재부팅 해야 하나요?",
    "캐시를 어떻게 지우나요?",
    "사진은 아직 못 보냈어요",
    "재설치하면 될까요?",
    "비밀번호 재설정 메일이 안 와요",
]


@pytest.mark.parametrize(("name", "said"), [(name, said) for name, all_ in DONE.items() for said in all_])
def test_a_step_that_was_taken_is_noticed_with_the_words_that_say_so(name: str, said: str) -> None:
    assert steps_in(f"Hello. {said}") == {name: said.strip()}


@pytest.mark.parametrize("said", NOT_DONE)
def test_a_step_that_was_not_taken_is_not_noticed(said: str) -> None:
    assert steps_in(said) == {}


def test_two_steps_in_one_sentence_are_two() -> None:
    assert set(steps_in("I restarted the phone, cleared the cache but did not reinstall the app")) == {
        "restart",
        "clear_cache",
    }


def test_every_step_has_its_tests() -> None:
    assert set(DONE) == set(steps())
