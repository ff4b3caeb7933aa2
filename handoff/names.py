"""Names: what people are called, in Latin letters, in Han and in Hangul, and what only looks like a name."""

import re

from handoff.emails import Found
from handoff.name_words import (
    COMPOUND_SURNAMES_HAN,
    NOT_HAN,
    NOT_HANGUL,
    NOT_LATIN,
    PARTICLES,
    SURNAMES_HAN,
    SURNAMES_HANGUL,
    WHOLE_NOT_HAN,
)
from handoff.phrases import plain

_LATIN_WORD = r"[^\W\d_](?:[^\W\d_]|['\u2019-](?=[^\W\d_]))*\.?"
_LATIN = re.compile(rf"{_LATIN_WORD}(?: {_LATIN_WORD}){{0,5}}")
# Latin with all its accents, Vietnamese included.
_LATIN_LETTERS = re.compile(r"[\u0000-\u024f\u1e00-\u1eff\u2019]")
_TITLE_HAN = re.compile(r"(?<=..)(?:先生|女士|小姐|老师)$")
_ONLY_SURNAME = re.compile(r"(?:我|免贵|本人)姓([\u4e00-\u9fff]{1,2})")
_HAN = re.compile(r"[\u4e00-\u9fff]{1,4}(?:[\u00b7\u2022][\u4e00-\u9fff]{1,8})*")
_HANGUL = re.compile(r"[\uac00-\ud7a3]{1,2} ?[\uac00-\ud7a3]{1,4}")

# Where a name stands. After some of them it is sure to be one ("my name is"); after the others it may be
# anything ("this is ridiculous"), and what follows has to look like a name strictly.
_SAID = tuple(
    (re.compile(pattern, re.IGNORECASE), strict)
    for pattern, strict in (
        (
            r"\b(?:my (?:full |first |last )?name(?:'s| is|:)|name(?: is)?:"
            r"|(?:please )?call me|name (?:should|must) be"
            r"|i am called) *",
            False,
        ),
        (r"\b(?:this is|i am|i'?m|(?:kind |best )?regards,|cheers,) *", True),
        (r"(?:我的?(?:名字|姓名)(?:是|叫)|(?:姓名|名字)\s?(?:是|叫|:)|我(?:就)?叫|叫我|本人)\s*", False),
        (r"(?:我是|这里是)\s*", True),
        (r"(?:(?:제|내|저의)\s?(?:이름|성함)은|(?:이름|성함)\s?(?:은|:))\s*", False),
        (r"(?:저는|전|나는)\s+", True),
    )
)
# Only from where a run of spaces begins: a thousand of them would otherwise be gone through from each anew.
_END_HANGUL = re.compile(
    r"(?<!\s)\s*(?:이?라고\s?(?:합니다|해요|하는데요|부르세요)|입니다만?|이에요|이예요|예요|에요|이?고요|이고|인데요?|이요|요|입니당|임|님)$"
)
_VERB_HANGUL = re.compile(r"(?:[아어해네세]요|[는은런]데요?|니다)[\s.!~]*$")
_STRIP = re.compile(
    r"^(?:(?:hi|hello|hey|sorry|sure|ok(?:ay)?|yes|yeah|well|of course|certainly|"
    r"好的?|嗯|您好|你好|네|예|안녕하세요)"
    r"[\s,.!、。，]+)+"
    r"|^저\s|^(?:(?:it'?s|it is|this is|i'?m|i am|just|name:?|call me|mr|mrs|ms|mx|dr)\b\.? *)+",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?<![\s,.!。，、~])[\s,.!。，、~]*(?:(?:here|thanks?(?: you)?|thx|please|谢谢|感谢|"
    r"감사합니다|고맙습니다|부탁드려요|부탁드립니다)"
    r"[\s,.!。~]*)?$",
    re.IGNORECASE,
)


def find_name(text: str) -> Found | None:
    """Takes a message in plain form; returns a name given as one ("my name is …", "我叫…"), or None."""
    for pattern, strict in _SAID:
        for match in pattern.finditer(text):
            name = _name_at(text[match.end() :], strict=strict)
            if name is not None:
                start = match.end()
                return Found(_tidy(name), text[match.start() : start + len(name)], match.start(), start + len(name))
    spoken = re.search(r"(?:^|[\s,.])([\uac00-\ud7a3]{2,4})(?:이?라고\s?(?:합니다|해요))", text)
    if spoken and _is_hangul(spoken[1].removesuffix("이"), strict=True):
        return Found(spoken[1].removesuffix("이"), spoken.group().strip(), *spoken.span())
    return None


def bare_name(text: str) -> str | None:
    """Takes the answer to "what is your name?"; returns the name in it without its politeness, or None."""
    words = plain(text)
    if "?" in words or "@" in words or re.search(r"\d", words):
        return None
    surname = _ONLY_SURNAME.match(words)
    if surname is not None and (surname[1] in COMPOUND_SURNAMES_HAN or surname[1] in SURNAMES_HAN):
        return surname[1]
    said = find_name(words)
    if said is not None:
        return said.value
    words = _TAIL.sub("", _STRIP.sub("", _STRIP.sub("", words))).strip(" .,!\"'~")
    words = _TITLE_HAN.sub("", words)
    if _is_latin(words, strict=False) or _is_han(words, strict=False):
        return _tidy(words)
    core = _END_HANGUL.sub("", _unmarked(words))
    # "괜찮아요" ends like a verb, "민아요" like a name that is politely said: only a full name is believed.
    verb = _VERB_HANGUL.search(words) is not None
    for candidate in (core, words):
        if _is_hangul(candidate, strict=verb) and (not verb or len(candidate) == 3):
            return _tidy(candidate)
    return None


def _unmarked(words: str) -> str:
    """Takes words; returns them without the spaces and marks at their end."""
    end = len(words)
    while end and (words[end - 1].isspace() or words[end - 1] in ".!,~"):
        end -= 1
    return words[:end]


def _name_at(rest: str, *, strict: bool) -> str | None:
    """Takes what follows "my name is"; returns the name it begins with. `strict` when it may well be none."""
    latin = _LATIN.match(rest)
    if latin is not None and latin[0][0] < "\u0250":
        words = _leading_name(latin[0].split(" "), strict=strict)
        joined = " ".join(words).rstrip(".")
        ends = not strict or re.match(r"[\s,.!;]|$", rest[len(joined) :])
        return joined if words and ends and _is_latin(joined, strict=strict) else None
    han = _HAN.match(rest)
    if han is not None:
        following = rest[han.end() : han.end() + 1]
        name = han[0]
        if following and "\u4e00" <= following <= "\u9fff":
            return None  # it goes on: "我是昨天在你们店里…"
        return name if _is_han(name, strict=strict) else None
    hangul = re.match(r"[\uac00-\ud7a3 ]{2,24}", rest)
    if hangul is not None:
        for ending in re.finditer(r"이?라고|입니다|이에요|이예요|예요|에요|이고|인데|이며|요|$", hangul[0]):
            name = hangul[0][: ending.start()].strip()
            if (ending[0] or not strict) and _is_hangul(name, strict=strict):
                return hangul[0][: ending.start()].rstrip()
    return None


def _leading_name(words: list[str], *, strict: bool) -> list[str]:
    taken: list[str] = []
    for word in words[:5]:
        bare = word.lower().rstrip(".")
        if bare in NOT_LATIN and not (bare in PARTICLES and taken):
            break
        if strict and not word[0].isupper() and bare not in PARTICLES:
            break
        taken.append(word)
        if word.endswith(".") and len(word) > 3:
            break
    while taken and taken[-1].lower() in PARTICLES:
        taken.pop()
    return taken


def _is_latin(words: str, *, strict: bool) -> bool:
    if not _LATIN.fullmatch(words) or not all(_LATIN_LETTERS.match(letter) for letter in words):
        return False
    parts = words.split(" ")
    if len(words) < 2 or len(words) > 60 or len([p for p in parts if p.lower() not in PARTICLES]) > 4:
        return False
    if any(part.lower().rstrip(".") in NOT_LATIN for part in parts) or parts[0].lower() in ("y", "e"):
        return False
    # "this is Jane" is a name, "this is unacceptable" and "THIS IS A SCANDAL" are not.
    return not strict or (parts[0][0].isupper() and not (words.isupper() and len(words) > 3))


def _is_han(words: str, *, strict: bool) -> bool:
    if not _HAN.fullmatch(words):
        return False
    if "\u00b7" in words or "\u2022" in words:
        return True  # a name of several parts (古丽·买买提): nothing else is written with that dot
    surname = words[:1] in SURNAMES_HAN or words[:2] in COMPOUND_SURNAMES_HAN
    rest = words[2:] if words[:2] in COMPOUND_SURNAMES_HAN else words[1:] if surname else words
    if NOT_HAN.search(words[1:] if surname else words) or (words in WHOLE_NOT_HAN):
        return False
    return bool(rest) and (surname or (not strict and len(words) >= 2))


def _is_hangul(words: str, *, strict: bool) -> bool:
    bare = words.replace(" ", "")
    if not _HANGUL.fullmatch(words) or not 2 <= len(bare) <= 5 or NOT_HANGUL.search(bare):
        return False
    return (bare[0] in SURNAMES_HANGUL and len(bare) <= 4) or not strict


def _tidy(name: str) -> str:
    """Takes a name as typed; returns it with single spaces, and with capitals when it was all in one case."""
    words = " ".join(name.split()).strip(" .,")
    if words.islower() or (words.isupper() and len(words) > 4):
        parts = words.lower().split(" ")
        words = " ".join(p if p in PARTICLES and n else _capital(p) for n, p in enumerate(parts))
    return words


def _capital(word: str) -> str:
    return re.sub(r"(^|[-'\u2019])(\w)", lambda m: m[1] + m[2].upper(), word)
