"""The packet of a conversation, with passages that may answer what the customer wants."""

from api.state import State
from handoff.packet import Packet, Passage

#: Passages an agent looks at.
MOST = 3


async def passages_for(state: State, question: str, language: str, most: int = MOST) -> list[Passage]:
    """What the articles say to a question, best first; nothing when they say nothing."""
    if not question.strip():
        return []
    outcome = await state.knowledge.ask(question, language)
    found: list[Passage] = []
    if outcome.answer is not None:
        answer = outcome.answer
        found.append(Passage(answer.permalink, answer.title, answer.text, round(outcome.confidence, 3)))
    for suggestion in outcome.suggestions:
        told = await state.knowledge.answer_from(suggestion.permalink, question)
        if told is not None and suggestion.permalink not in {one.permalink for one in found}:
            found.append(Passage(suggestion.permalink, suggestion.title, told.text, round(suggestion.score, 3)))
    return found[:most]


async def packet_of(state: State, conversation_id: str) -> Packet:
    """The packet as the database has it now. Raises UnknownConversation."""
    packet = await state.desk.packets.of(conversation_id, now=state.clock())
    text = packet.problem.text if packet.problem else None
    if not text:
        return packet
    passages = await passages_for(state, text, packet.language.now)
    return packet.with_passages(passages)
