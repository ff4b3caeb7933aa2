"""Form replies: what is said in the form that is no answer to what was asked, and means something all the same."""

import re

from handoff.phrases import plain

_END = " \t.!?。！？~…"
_CHANGE = re.compile(
    r"(?:(?:ok|no|wait|sorry|actually|hang on)[,. ]+)*"
    r"(?:i (?:want|need|would like|'?d like) to |let me |can i |please )*"
    r"(?:change|correct|fix|edit) (?:something|sth|that|it|my details)(?: please| first)?"
    r"|(?:我)?(?:要|想|需要|得)?(?:改|修改|更正|改正)(?:一下|下|点)?(?:东西|信息|资料|内容)?(?:吗|吧)?"
    r"|(?:고칠|바꿀|수정할)\s?(?:게|거|것이|것)\s?있\S*|수정\s?(?:할게요|하고 싶어요|해\s?주세요|요)|고쳐\s?주세요",
    re.IGNORECASE,
)
_NO_FORM = re.compile(
    r"\b(?:no|not|won'?t|don'?t|never|hate|stop|without)\b.{0,25}\bforms?\b|\bforms?\b.{0,15}\b(?:no way|sucks?)\b"
    r"|不(?:想|要|愿意?)填(?:了|啊)?$|不(?:想|要|愿意?|会)?(?:填|写)(?:什么|这个|这|任何)?(?:表格?|单子?)|填什么表"
    r"|(?:양식|폼|서식).{0,6}(?:안|싫|못|말고|귀찮)",
    re.IGNORECASE,
)
_SIGH = re.compile(
    r"(?:u+gh+|a+r+gh+|omg|wtf|ffs|jesus|for god'?s sake|oh come on|seriously|this is ridiculous|unbelievable)"
    r"|(?:真|好|太)?(?:烦|烦死了?|烦人|无语|服了|受不了)(?:了|啊|死了)?"
    r"|(?:아|아오|에이|진짜)?\s?(?:짜증\s?나\S*|짜증|답답\S*|열받\S*|어이없\S*)",
    re.IGNORECASE,
)
# "Change my name to Robert", "名字改成张伟", "이름 박민지로요": said so that the detail in it is found.
_RENAMED = (
    (re.compile(r"^.{0,20}\bname\b.{0,6}\b(?:to|into|should be)\b (?P<n>.+)$", re.IGNORECASE), "my name is {}"),
    (re.compile(r"^.{0,6}(?:名字|姓名)(?:请)?(?:改成|改为|换成|应该是|写成)(?P<n>.+)$"), "我叫{}"),
    (re.compile(r"^.{0,6}이름(?:은|을)?\s?(?P<n>[가-힣]{2,5}?)(?:으?로)(?:요|\s?\S{2,12})?$"), "제 이름은 {}"),
)


def wants_to_change(text: str) -> bool:
    """Whether somebody says that something is to be changed, and not yet what."""
    return _CHANGE.fullmatch(plain(text).strip(_END)) is not None


def wants_no_form(text: str) -> bool:
    """Whether somebody will not fill in a form."""
    return _NO_FORM.search(plain(text)) is not None


def sighs(text: str) -> bool:
    """Whether it is a sigh and nothing else: no name, and no matter."""
    return _SIGH.fullmatch(plain(text).strip(_END)) is not None


def as_told(text: str) -> str:
    """The message in words in which a corrected name is found; as it is, when it corrects none."""
    words = plain(text).strip(_END)
    for pattern, said in _RENAMED:
        if found := pattern.match(words):
            return said.format(found["n"].strip())
    return text
