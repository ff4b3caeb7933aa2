"""Leaving the queue: who has waited too long, or would rather not wait, gets a ticket from what is known already."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import update

from api import wording
from api.actions.form_asking import ask
from api.actions.restate import shorten
from api.actions.services import Services
from api.broadcast import Broadcast
from api.desk.known import Told, told_by
from api.desk.wishes import wants_ticket
from api.dialogue.memory import Offered
from api.dialogue.turn import Said, Turn
from handoff.conversations import Conversation, Conversations, change_owner, lock_conversation
from handoff.database import Database
from handoff.facts import record_facts
from handoff.intake import Intake
from handoff.ownership import Handover
from handoff.promises import reply_promise
from handoff.stream import append_event
from handoff.tables import conversations
from handoff.tickets import Ticket
from handoff.when import say_when


class Leaving:
    """Takes conversations out of the queue, each once, however many processes try.

    Args:
        services: what the bot's actions use; a ticket is made of the same.
        broadcast: tells whoever watches the conversation.
    """

    def __init__(
        self, database: Database, services: Services, broadcast: Broadcast, clock: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._broadcast = broadcast
        self._conversations = Conversations(database)
        self._services = services
        self._clock = clock

    async def heard(self, conversation_id: str, seq: int) -> bool:
        """A message came that no turn of the bot answers: whoever waits and asks for a ticket instead gets one.

        Takes the conversation and the message's seq; returns whether they left the queue.
        """
        conversation = await self._conversations.find(conversation_id)
        if conversation is None or conversation.owner != "queue":
            return False
        written = [one for one in await self._services.events.after(conversation_id, seq - 1, 1) if one.seq == seq]
        return bool(written) and wants_ticket(written[0].text) and await self.by_choice(conversation)

    async def by_choice(self, conversation: Conversation) -> bool:
        """The customer would rather not wait."""
        first = wording.say(conversation.language or conversation.locale, "desk-left")
        return await self.leave(conversation, "the customer would rather have a ticket", first)

    async def leave(self, conversation: Conversation, why: str, first: str) -> bool:
        """Gives a waiting conversation to the bot, with a ticket, or with the question that is still needed for one.

        Args:
            why: kept with the change of owner.
            first: what is said first, in the customer's language.

        Returns whether it was still in the queue.
        """
        at = self._clock()
        told = await told_by(conversation, self._services, at)
        memory, intake = told.memory, told.intake
        said = [Said(first)]
        if intake.has("contact") and intake.value("question"):
            ticket = await self.ticket(conversation, told)
            said.append(self._opened(ticket, intake))
            memory.intake, memory.kind, memory.question, memory.topic, memory.misses = None, "question", None, None, 0
            memory.tickets.append(ticket.number)
            memory.ticket_round += 1
        else:
            memory.kind, memory.intake = "person", intake
            said += await self._asked(conversation, told)
        memory.awaiting = None
        memory.offered = [Offered(b.text, b.intent, b.value) for one in said for b in one.buttons]
        left = await self._give_back(conversation, why, said, told, at)
        if left:
            self._broadcast.tell(conversation.id)
        return left

    async def ticket(self, conversation: Conversation, told: Told) -> Ticket:
        """The ticket of what is known; asked for again, it is the same one."""
        services, memory, intake, at = self._services, told.memory, told.intake, self._clock()
        language = wording.spoken(conversation.language or conversation.locale)
        question = intake.value("question") or ""
        promise = reply_promise(services.team, at)
        return await services.tickets.open(
            f"{conversation.id}:queue-{conversation.epoch}",
            conversation_id=conversation.id,
            team=services.team.name,
            kind="person",
            language=language,
            subject=shorten(question or wording.say(language, "ticket-subject-person"), 80),
            question=question,
            details={**intake.details(), "confirmed": False},
            intent=memory.topic,
            tried=[{"permalink": t.permalink, "title": t.title, "outcome": t.outcome} for t in memory.tried],
            transcript=[
                {"role": e.role, "text": e.text, "at": e.at.isoformat(), "seq": e.seq} for e in told.story if e.text
            ],
            reply_by=promise.due_at,
            promise_text=self._when(language, intake, promise.due_at, at),
            at=at,
        )

    def _opened(self, ticket: Ticket, intake: Intake) -> Said:
        number = wording.say(ticket.language, "ticket-opened", number=ticket.number)
        when = self._when(ticket.language, intake, ticket.reply_by, ticket.opened_at)
        card = {"number": ticket.number, "reply_by": ticket.reply_by.isoformat() if ticket.reply_by else None}
        return Said(wording.together(ticket.language, [number, when]), type="ticket", ticket=card)

    def _when(self, language: str, intake: Intake, due: datetime | None, at: datetime) -> str:
        contact = intake.value("email") or intake.value("phone") or intake.value("contact")
        where, values = ("contact", {"contact": contact}) if contact else ("here", {})
        if due is None:
            return wording.say(language, f"ticket-no-time-{where}", **values)
        reply_by = say_when(due, at, self._services.team.timezone, language)
        return wording.say(language, f"ticket-reply-{where}", reply_by=reply_by, **values)

    async def _asked(self, conversation: Conversation, told: Told) -> list[Said]:
        """The form's next question in its own words; the customer's answer goes on there."""
        wanted = told.intake.next_field()
        if wanted is None or not told.story:
            return []
        language = wording.spoken(conversation.language or conversation.locale)
        turn = Turn(conversation, told.story[-1], told.memory, language, language, self._clock())
        return (await ask(wanted)(turn, self._services)).said

    async def _give_back(self, seen: Conversation, why: str, said: Sequence[Said], told: Told, at: datetime) -> bool:
        async with self._database.transaction() as connection:
            before = await lock_conversation(connection, seen.id)
            if before.owner != "queue" or before.epoch != seen.epoch:
                # An agent was faster: they are there, and a ticket that was made waits with the conversation.
                return False
            after = await change_owner(connection, before, Handover("bot", "system", why), at)
            for word in (one.as_word() for one in said):
                await append_event(
                    connection, after, type_=word.type, role="bot", text=word.text, data=word.data, at=at
                )
            await record_facts(connection, seen.id, told.facts, at)
            remembered = update(conversations).where(conversations.c.id == seen.id)
            await connection.execute(remembered.values(dialogue=told.memory.to_dict()))
            return True
