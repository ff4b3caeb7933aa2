"""Wishes: what a waiting customer can ask for in a word, without a person: a ticket instead of the wait."""

import re

from handoff.phrases import plain

_ENGLISH = (
    r"(?:(?:ok(?:ay)?|yes|yeah|please|actually|then|hi|hello|fine|i can'?t wait|i won'?t wait)[,.! ]+){0,3}"
    r"(?:i(?:'d| would|'ll| will)? )?(?:(?:just|rather|prefer|like|want|take|have)(?: to)? ){0,3}"
    r"(?:(?:can|could) (?:i|you|we) |let'?s )?(?:please |just )?"
    r"(?:(?:leave|open|make|create|get|have|take|write|raise|turn) )?(?:(?:it|this|me|that) )?"
    r"(?:(?:as|into) )?(?:an? )?ticket(?: (?:instead|please|then|thanks|now)){0,2}"
)
_CHINESE = (
    r"(?:好的?|行|那|不等了|等不了了?|算了)?[,，。 ]?(?:那|就|我|还是|想|要|请|麻烦|帮我|给我){0,4}"
    r"(?:改为|改成|改|转为|转成|转|换成)?(?:留|开|提交|提|建)?(?:一?[个张])?工单(?:吧|好了|就行|就好|谢谢){0,2}"
)
_KOREAN = (
    r"(?:네|그냥|그럼|저기|기다리지 않고|안 ?기다리고)?[,. ]{0,2}"
    r"(?:문의|(?:문의|티켓)(?:를|을|로|으로)? ?"
    r"(?:남기기|남길게요?|남겨 ?주세요|남기고 싶어요|남기겠습니다|접수해 ?주세요|접수할게요)"
    r"|티켓(?:으로|을)?(?: ?(?:할게요|해 ?주세요|바꿔 ?주세요|부탁드려요|주세요))?|접수(?:해 ?주세요|할게요)?)"
)
_TICKET = re.compile(rf"(?:{_ENGLISH}|{_CHINESE}|{_KOREAN})[\s.!?~。！？]*", re.IGNORECASE)
#: Whoever writes more than this tells of something.
_LONGEST = 60


def wants_ticket(text: str) -> bool:
    """Takes what somebody in the queue writes; says whether it asks for a ticket instead, and is nothing else."""
    words = " ".join(plain(text).split())
    return len(words) <= _LONGEST and _TICKET.fullmatch(words) is not None
