"""Short answers: how people say yes, no, "I'd rather not" and "never mind" in English, Chinese and Korean."""

import re
import unicodedata

#: Nobody explains a matter with more characters; each of them is looked at many times.
LONGEST = 8000
_END = r"(?=$|[\s,.!;:、。，！~])"
_YES = re.compile(
    r"^(?:(?:y|ye[sp]|yeah|yup|yea|sure|ok(?:ay)?|correct|right|exactly|indeed|absolutely|perfect|great|lovely|cool|fine|"
    r"(?:that'?s|that is|it'?s|it is|all|looks?|sounds?|everything(?: is|'s)?) (?:all )?"
    r"(?:right|correct|good|fine|it|great|ok(?:ay)?)|please do|go ahead|send it|"
    r"是|是啊|对|对呀|正确|好|好吧|嗯|嗯嗯|可以|行|发吧|提交吧?|"
    r"네|넵|넹|예|응|어|그래요?|맞네요|맞음|확인|그렇습니다|보내\s?주세요)" + _END + "|"
    r"(?:是的|好的|对的|没错|确认|没问题|没有问题|可以的|맞아요|맞습니다|좋아요|좋습니다|네\s?맞|확인했))",
    re.IGNORECASE,
)
_YES_BUT = re.compile(
    r"^\S{1,40}[\s,.]{0,20}(?:but|except|however|only|不过|但是|但|只是|근데|그런데|하지만|다만)(?=[\s,，]|[\u4e00-\u9fff\uac00-\ud7a3])",
    re.IGNORECASE,
)
# A no that means yes when the summary is shown: "no, that's all fine", "no changes".
_APPROVES = re.compile(
    r"^(?:no[,. ]+)?(?:no (?:problem|worries|changes?|corrections?|issues?)|"
    r"nothing(?: (?:else|to change|wrong))*|"
    r"(?:that'?s|that is|it'?s|it is|all|everything(?: is|'s)?) (?:all )?"
    r"(?:right|correct|good|fine|great|it|ok(?:ay)?)|"
    r"不用改了?|不需要修改|没有要改的|没有了|"
    r"수정할 (?:것|거|게)\s?없\S*|바꿀 (?:것|거|게)\s?없\S*|없습니다|없어요)[\s.!。~]*$",
    re.IGNORECASE,
)
_NO = re.compile(
    r"^(?:no|nope|nah|not? (?:really|quite|correct|right)|wrong|incorrect|"
    r"(?:that'?s|that is|it'?s|it is|this is) (?:not (?:right|correct|quite)|wrong|incorrect)\w*|"
    r"不是|不对|不要|不行|不正确|不|错了|错|有误|没有|"
    r"아니요|아니오|아니|아뇨|아닙니다|아니에요|아녜요|틀렸어요|틀려요|틀렸습니다|노)"
    r"(?=$|[\s,.!;:、。，！~]|的|我|是|应该|제)",
    re.IGNORECASE,
)
_REFUSAL = re.compile(
    r"\b(?:rather not|prefer not|would(?:n'?t| not) like to (?:say|give|share)|"
    r"(?:do(?:n'?t| not)|won'?t|will not|not going to|not gonna|refuse to|can(?:'t|not)|not) "
    r"(?:want to |wanna |like to |feel like |comfortable )?(?:giv|shar|tell|say|provid|disclos|leav|find)\w*|"
    r"(?:do(?:n'?t| not) (?:want|have|know|remember|got)|haven'?t got|have no|"
    r"(?:got|there'?s|there is) no)\b|"
    r"no (?:thanks|thank you|way|e-?mail|phone|name|number|idea|order|clue)|not sure|dunno|idk|"
    r"skip|pass|none(?: of your business)?|n/a|not? telling|anonymous(?:ly)?|keep (?:it|that) private|"
    r"lost (?:it|the number|my order))\b"
    r"|不想|不方便|不愿|不告诉|不提供|不说|不给|不留|不填|拒绝|没有|不知道|不记得|忘了|忘记了|找不到|跳过"
    r"|不用了?$|保密|匿名|隐私"
    r"|싫어|싫습|싫은데|안\s?할래|알려\s?(?:주기|드리기)\s?싫|말하고\s?싶지|알려\s?주고\s?싶지"
    r"|알려드리고\s?싶지|원하지\s?않|없어요|없습니다|없는데|없음|몰라|모르|모름|기억(?:이)?\s?안|패스"
    r"|건너뛰|넘어가|거부|비공개|익명|안\s?알려|말\s?안\s?할|안\s?줄|못\s?찾",
    re.IGNORECASE,
)
_OUTRIGHT = re.compile(
    r"(?:i(?:'d| would) )?(?:rather not|prefer not)(?: to)?(?: say| tell(?: you)?)?|"
    r"skip(?: (?:it|this|that))?|pass|"
    r"no (?:thanks|thank you|way)|none of your business|i (?:don'?t|do not) want to (?:say|tell)(?: you)?|"
    r"不想说|不说|跳过|保密|拒绝|말하고\s?싶지\s?않\S*|싫어요?|패스(?:할게요)?|안\s?말할래요|건너뛸게요|거부",
    re.IGNORECASE,
)
_NEVER_MIND = re.compile(
    r"^(?:(?:ok(?:ay)?|oh|no|actually|please)[,. ]+)*(?:never ?mind|nvm|forget (?:it|about it|this)|"
    r"leave it|drop it|stop(?: (?:it|this|now))?|cancel(?: (?:it|this|that|the (?:form|ticket|request)))?|"
    r"quit|exit|abort|don'?t bother|"
    r"算了|算了吧|不弄了|不填了|不问了|取消|取消吧|不需要了|当我没说|"
    r"됐어요?|됐습니다|그만|그만할게요|그만둘래요|그만할래요|취소|취소할게요|취소해\s?주세요|필요\s?없어요)"
    r"(?:[\s,，]*(?:then|thanks|thank you|please|吧|了|谢谢|감사합니다))*[\s.!。！~]*$",
    re.IGNORECASE,
)
_GLUE = re.compile(
    r"^(?:[\s,.!;:、。，！~]|(?:but|except|however|and|though|because|it should be)\b|"
    r"应该是|但是|不过|근데|그런데|하지만|다만)+",
    re.IGNORECASE,
)


def plain(text: str) -> str:
    """Takes a message; returns it in plain form: full-width as half-width, curly quotes as straight.

    One character may become eighteen; what comes after the longest message is cut off.
    """
    return unicodedata.normalize("NFKC", text[:LONGEST])[:LONGEST].replace("\u2019", "'").replace("\u2018", "'").strip()


def says_yes(text: str) -> bool:
    """Takes a message; says whether it begins with a yes."""
    return not says_no(text) and _YES.match(plain(text)) is not None


def says_no(text: str) -> bool:
    """Takes a message; says whether it begins with a no."""
    return _NO.match(plain(text)) is not None


def refuses(text: str) -> bool:
    """Takes an answer to a request for a detail; says whether the customer cannot or will not give it."""
    return _NO.fullmatch(plain(text).rstrip(" .!。~")) is not None or _REFUSAL.search(plain(text)) is not None


def refuses_outright(text: str) -> bool:
    """Takes an answer to "what is it about?"; says whether it is nothing but a refusal.

    Stricter than `refuses`: "I don't have my invoice" is a problem, not a refusal.
    """
    words = plain(text).rstrip(" .!。~")
    return _NO.fullmatch(words) is not None or _OUTRIGHT.fullmatch(words) is not None


def approves(text: str) -> bool:
    """Takes the reply to a summary; says if it is a no that finds nothing wrong ("no, that's fine")."""
    return _APPROVES.match(plain(text)) is not None


def yes_but(text: str) -> bool:
    """Takes the reply to a summary; says whether it is a yes with something to change after it."""
    return says_yes(text) and _YES_BUT.match(plain(text)) is not None


def never_minds(text: str) -> bool:
    """Takes a message; says whether the customer wants to leave the whole matter."""
    return _NEVER_MIND.match(plain(text)) is not None


def after_no(text: str) -> str:
    """Takes "no, it was the blue one"; returns what follows the no, or nothing."""
    rest = _NO.sub("", plain(text), count=1)
    return _GLUE.sub("", rest).strip()


def after_yes(text: str) -> str:
    """Takes "yes, but my mail is x@y.com"; returns what follows the yes, or nothing."""
    rest = _YES.sub("", plain(text), count=1)
    return _GLUE.sub("", rest).strip()
