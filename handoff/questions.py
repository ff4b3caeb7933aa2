"""Questions: telling a question from an answer, in English, Chinese and Korean."""

import re

from handoff.phrases import plain
from handoff.troubles import names_trouble

_ENGLISH = re.compile(
    r"^(?:(?:but|and|so|ok(?:ay)?|wait|hm+|um+|well|sorry|please|first|hey|hi|hello)[,. ]+)*"
    r"(?:(?:what|why|when|how|where|who|whose|which)(?:'s|'re|'d|'ll)?\b(?! (?:ever|soever))"
    r"|(?:can|could|may|might|will|would|shall|should|do|does|did|is|are|was|were|am|have|has)(?:n'?t)? "
    r"(?:i|you|u|we|they|he|she|it|this|that|there|these|those|the|my|your|our|somebody|someone|anyone|a|an)\b"
    r"|(?:is it|any (?:idea|news|chance)|(?:can|could) (?:you )?(?:please )?tell me|do you know|i wonder|"
    r"i(?:'d| would) like to know|i want to know)\b)",
    re.IGNORECASE,
)
_CHINESE = re.compile(
    r"[吗呢]\s*[。!~]*$|什么|为什么|为何|怎么|怎样|如何|哪里|哪儿|哪个|哪些|谁|多久|多少|多长时间|几点|几时|几天能|几天到|"
    r"何时|能不能|可不可以|会不会|是不是|有没有|要不要|行不行|是否|请问|想问|干嘛|啥"
)
_KOREAN = re.compile(
    r"(?:나요|까요|가요|는지요?|습니까|ㅂ니까|입니까|됩니까|합니까|니까|을까|ㄹ까|할까|될까|인가|건가|은가|던가|죠|는데요\?)\s*[.!~]*$|"
    r"^(?:왜|언제|어디|어떻게|얼마|무엇|뭐|뭘|무슨|누가|누구|어느|몇)|(?:왜|언제|어디서?|어떻게|얼마나)\s"
)
_ENDS = re.compile(r"(?<=[?!。.;])\s+|(?<=[?。!])|\n+")

_LATIN_WORD = re.compile(r"[^\W\d_\u2e80-\uffff]{2,}")
_CJK_LETTER = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af]")


def looks_like_question(text: str, language: str = "en") -> bool:
    """Takes a message and its language; says whether it asks something.

    A question mark decides; without one the words do: those of the language, and of the script that was used.
    """
    words = plain(text)
    if words.rstrip(" .!)\"'").endswith("?"):
        return True
    if any("\uac00" <= letter <= "\ud7a3" for letter in words):
        return _KOREAN.search(words) is not None
    if any("\u4e00" <= letter <= "\u9fff" for letter in words):
        return _CHINESE.search(words) is not None
    return language[:2] not in ("zh", "ko") and _ENGLISH.match(words) is not None


def question_in(text: str, language: str, answers: tuple[str, ...] = ()) -> str | None:
    """Takes a message and the words in it that are already understood as details.

    Returns the sentences of it that ask something else, or None. A sentence that carries a detail
    ("can you mail me at jane@example.com?") is an answer, not a question.
    """
    asked = [sentence for sentence in _sentences(text) if looks_like_question(sentence, language)]
    return " ".join(one for one in asked if not any(answer in one for answer in answers)) or None


def without_questions(text: str, language: str) -> str:
    """Takes "Bob. When do you open?"; returns what of it is no question: "Bob."."""
    return " ".join(one for one in _sentences(text) if not looks_like_question(one, language))


def _sentences(text: str) -> list[str]:
    return [sentence.strip() for sentence in _ENDS.split(plain(text)) if sentence.strip()]


def tells_something(text: str) -> bool:
    """Takes a message or a part of one; says whether it tells of a matter by itself: it is long, or names a trouble."""
    words = _LATIN_WORD.findall(text)
    return len(words) >= 3 or len(_CJK_LETTER.findall(text)) >= 5 or names_trouble(text)
