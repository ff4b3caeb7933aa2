"""Letters: what was given up is sent after all, because the operator has removed the cause."""

import structlog
from fastapi import HTTPException

from api.operator.words import Words
from api.state import State

log = structlog.get_logger()

ALL = "all"
#: No letter has a larger number; a database holds none.
_LARGEST = 2**31 - 1


async def send_again(state: State, letter: str, words: Words) -> int:
    """Takes a letter's id as a form has it, or `all`; returns how many are sent again, none when they are already.

    Raises HTTPException when it names no letter.
    """
    outbox, at = state.messaging.outbox, state.clock()
    if letter == ALL:
        count = await outbox.again_all(at)
    elif letter.isascii() and letter.isdigit() and int(letter[:20]) <= _LARGEST:
        count = int(await outbox.again(int(letter), at))
    else:
        raise HTTPException(422, words("no-letter"))
    log.info("operator.sent_again", letters=count)
    state.messaging.delivery.notice()
    return count
