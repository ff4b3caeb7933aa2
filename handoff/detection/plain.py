"""Plain: a message as the tables of words read it, with the way back to what was written."""

import re
import unicodedata
from dataclasses import dataclass

#: Traditional characters that the Chinese tables of words have in their simplified form.
_TRADITIONAL = str.maketrans(
    "轉傳專們說話個給來這還沒問題電訴訟會報舉應該過時間點鐘後員務業經開關氣煩壞爛騙賠買賣錢費單錯對嗎媽廢"
    "機幫請謝辦實際麼樣複讀換處從聽見讓誰師書號碼遲讚確認應認證據網體檔進運輸貨塊歲寫試線長門東車馬愛",
    "转传专们说话个给来这还没问题电诉讼会报举应该过时间点钟后员务业经开关气烦坏烂骗赔买卖钱费单错对吗妈废"
    "机帮请谢办实际么样复读换处从听见让谁师书号码迟赞确认应认证据网体档进运输货块岁写试线长门东车马爱",
)
_SILENT = "'’‘`´\u200b\u200c\u200d\ufeff\ufe0f"
#: What is quoted is somebody else's: a review, a letter, a relative. Short quotes are the bot's own words thrown back.
_QUOTED = re.compile(r"[\"“「『«]([^\"”」』»]{9,}?)[\"”」』»]")
_QUOTED_HAN = re.compile(r"[\"“「『«]([^\"”」』»]{6,}?)[\"”」』»]")
_SENTENCE = re.compile(r"[.!?。！？…\n~]+")
#: The longest quote of the ledger; an agent reads it at a glance.
LONGEST = 120


@dataclass(frozen=True)
class Plain:
    """``text``: folded. ``at``: for each of its characters the place in ``written`` it came from."""

    written: str
    text: str
    at: tuple[int, ...]
    masked: str

    def quote(self, start: int, end: int) -> str:
        """The sentence that holds a stretch of ``text``, as the customer wrote it; a long one is cut around it."""
        if not self.at or start >= len(self.at):
            return self.written.strip()[:LONGEST]
        first, last = self.at[start], self.at[max(start, end - 1)] + 1
        begin = max((m.end() for m in _SENTENCE.finditer(self.written, 0, first)), default=0)
        closing = _SENTENCE.search(self.written, last)
        finish = closing.end() if closing else len(self.written)
        if finish - begin > LONGEST:
            begin, finish = max(begin, first - (LONGEST - min(last - first, LONGEST)) // 2), finish
            finish = min(finish, begin + LONGEST)
        return self.written[begin:finish].strip()


def han(char: str) -> bool:
    """Whether it is a Chinese character."""
    return "\u3400" <= char <= "\u9fff"


def plain(written: str, language: str) -> Plain:
    """Takes a message and its language; lower case, one width, without apostrophes, and in Chinese without spaces."""
    kept: list[str] = []
    at: list[int] = []
    for place, char in enumerate(written):
        if char in _SILENT:
            continue
        for folded in unicodedata.normalize("NFKC", char).casefold():
            if folded.isspace():
                if kept and kept[-1] == " ":
                    continue
                folded = " "
            kept.append(folded)
            at.append(place)
    text = "".join(kept)
    if language == "zh":
        text = text.translate(_TRADITIONAL)
        spare = [
            n
            for n, char in enumerate(text)
            if char == " " and 0 < n < len(text) - 1 and han(text[n - 1]) and han(text[n + 1])
        ]
        if spare:
            # "转 人工" is "转人工"; between two thoughts the space is a comma.
            text = "".join("，" if n in set(spare) and len(text) > 12 else char for n, char in enumerate(text))
            if len(text) <= 12:
                drop = set(spare)
                at = [place for n, place in enumerate(at) if n not in drop]
                text = "".join(char for n, char in enumerate(text) if n not in drop)
    quoted = _QUOTED_HAN if language in ("zh", "ko") else _QUOTED
    masked = quoted.sub(lambda m: m[0][0] + " " * (len(m[0]) - 2) + m[0][-1], text)
    return Plain(written, text, tuple(at), masked)
