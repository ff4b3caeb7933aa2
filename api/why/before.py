"""Before: what the bot knew when a turn began, kept with the turn so that it can be played again."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from handoff.conversations import Conversation

#: Ends a text that was cut to have room for the rest.
CUT = "…"
#: Of a text that was cut, at least so much is left: enough to find the message it comes from.
LEAST = 40


def remembered(conversation: Conversation, seqs: Sequence[int], at: datetime) -> dict[str, Any]:
    """The conversation's state before a turn, as JSON has it, without what is empty.

    Args:
        seqs: the messages the turn answers.
        at: when it began.
    """
    memory = conversation.dialogue if isinstance(conversation.dialogue, Mapping) else {}
    return {
        "at": at.isoformat(),
        "seqs": list(seqs),
        "language": conversation.language,
        # Lists are copied: the turn's own memory goes on with these very ones.
        "memory": {name: list(v) if isinstance(v, list) else v for name, v in memory.items() if v},
    }


def restored(memory: Any, texts: Iterable[str]) -> Any:
    """A kept memory with the texts that were cut made whole from what the customer wrote, where that is found."""
    if isinstance(memory, Mapping):
        return {name: restored(value, texts) for name, value in memory.items()}
    if isinstance(memory, list):
        return [restored(value, texts) for value in memory]
    if isinstance(memory, str) and memory.endswith(CUT) and len(memory) > LEAST:
        start = memory.removesuffix(CUT)
        return next((text for text in texts if text.startswith(start) and len(text) > len(start)), memory)
    return memory


def is_cut(memory: Any) -> bool:
    """Whether a text of a memory is still cut."""
    if isinstance(memory, Mapping):
        return any(is_cut(value) for value in memory.values())
    if isinstance(memory, list):
        return any(is_cut(value) for value in memory)
    return isinstance(memory, str) and memory.endswith(CUT) and len(memory) > LEAST
