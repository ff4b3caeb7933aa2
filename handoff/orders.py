"""Order numbers: recognised in the shop's own form, and which matters cannot be solved without one."""

import re
from dataclasses import dataclass
from functools import cached_property

from handoff.emails import Attempt, Found

# What the customer is writing about, where a person would ask "which order?" first.
NEEDS_ORDER_NUMBER = frozenset(
    {
        "order_status",
        "delivery_late",
        "return_item",
        "refund",
        "damaged_item",
        "wrong_item",
        "cancel_order",
        "change_order",
        "invoice",
    }
)

_NEARBY = 80
_ORDER_WORD = re.compile(
    r"(?:\border\b(?: ?(?:no|nr|num|number|id|code|#)\b)?|\bbestelnummer\b|"
    r"订单号?码?|訂單|单号|주문\s?번호|주문)"
    r"[\s:#.=는은이가是为]*(?:is|was|no|nr)?[\s:#.]*$",
    re.IGNORECASE,
)
_MORE_BEFORE = re.compile(r"\d[\s()./-]{1,3}$")
_MORE_AFTER = re.compile(r"[\s()./-]{1,3}\d")
_PHONE_WORD = re.compile(
    r"(?:phone|mobile|cell|tel|call(?: me)?|text me|reach me|whatsapp|"
    r"电话|手机|号码|联系|致电|전화|휴대폰|핸드폰|연락처)"
    r"[^\d,.;。，]{0,20}$",
    re.IGNORECASE,
)
_LOOKS_LIKE_ONE = re.compile(r"(?<![\w@.+-])#?(?=[A-Za-z-]*\d)(?:[A-Za-z]{1,4}[- ]?)?\d{4,14}(?![\w@])")


@dataclass(frozen=True)
class OrderFormat:
    """How the shop writes order numbers.

    `pattern` matches one as customers type it; `template` says how it is kept, with {0} for the pattern's
    group (or all of the match). OrderFormat(r"(?:LL[- ]?)?(\\d{8})", "LL-{0}") takes "ll 20418837" and
    "20418837" for LL-20418837.
    """

    pattern: str = r"[A-Z]{2,3}-?\d{6,10}"
    template: str = "{0}"

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        # Han and Hangul may touch it on both sides, other letters and digits may not.
        return re.compile(
            rf"(?:(?<![^\W\u0100-\uffff])|(?=#))(?<![@.+#-])#?(?:{self.pattern})(?![A-Za-z\d@]|-\d)",
            re.IGNORECASE,
        )

    def find(self, text: str, *, wanted: bool = False, phone_wanted: bool = False) -> Found | Attempt | None:
        """Takes a message in plain form; returns the last order number in it, else None.

        Digits alone do not count when a telephone number was asked for, or announced before them, unless the
        word "order" stands there. When one is `wanted`, what looks like one and is not comes back as an
        Attempt (`order_format`).
        """
        for match in reversed(list(self._compiled.finditer(text))):
            raw = match.group()
            marked = any(letter.isalpha() for letter in raw) or raw.startswith("#")
            # Only the words nearby can say what a number is; a message of numbers alone would be read for each again.
            before, after = text[max(0, match.start() - _NEARBY) : match.start()], text[match.end() :][:_NEARBY]
            if not marked and (_MORE_BEFORE.search(before) or _MORE_AFTER.match(after)):
                continue  # a piece of a longer number, as in 06 12345678
            if marked or wanted or _ORDER_WORD.search(before) or not (phone_wanted or _PHONE_WORD.search(before)):
                kept = match.group(1) if match.re.groups else raw.lstrip("#")
                return Found(self.template.format(kept.upper()), raw, *match.span())
        if wanted or _ORDER_WORD.search(text[-_NEARBY:]):
            for match in reversed(list(_LOOKS_LIKE_ONE.finditer(text))):
                return Attempt("order_number", match.group(), "order_format", *match.span())
        return None


ORDER_FORMAT = OrderFormat()


def order_format(pattern: "str | OrderFormat | None") -> OrderFormat:
    """Takes the shop's pattern, or its format, or nothing; returns the format to use."""
    if isinstance(pattern, OrderFormat):
        return pattern
    return OrderFormat(pattern) if pattern else ORDER_FORMAT
