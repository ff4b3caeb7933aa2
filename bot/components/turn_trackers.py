"""Trackers that live for one turn: the product remembers, Rasa only thinks.

The product sends the dialogue's state with each message and keeps what comes back, in the transaction that stores the
bot's words. So a Rasa process holds nothing that could be lost, a turn can be repeated, any process may take the next
turn, and the three-hundredth message of a chat costs what the first did.
"""

from __future__ import annotations

from typing import Any, Dict, Iterable, List, Optional, Text

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SessionStarted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker


class TurnTrackerStore(TrackerStore):
    """Holds the trackers of the turns that are being thought about right now."""

    #: The one store of this process. Rasa builds it from endpoints.yml; the channel finds it here.
    current: Optional["TurnTrackerStore"] = None

    def __init__(self, domain: Optional[Domain], event_broker: Optional[EventBroker] = None, **kwargs: Any) -> None:
        super().__init__(domain, event_broker, **kwargs)
        self._turns: Dict[Text, DialogueStateTracker] = {}
        TurnTrackerStore.current = self

    def begin(self, sender_id: Text, slots: Dict[Text, Any], active_loop: Optional[Text]) -> None:
        """Rebuild the tracker as it stood after the last turn."""
        tracker = self.init_tracker(sender_id)
        events: List[Event] = [ActionExecuted(ACTION_SESSION_START_NAME), SessionStarted()]
        # A form or a slot of an older model that this one does not have is left behind, not an error.
        if active_loop in self.domain.form_names:
            events.append(ActiveLoop(active_loop))
        known = {slot.name for slot in self.domain.slots}
        events += [SlotSet(name, value) for name, value in slots.items() if name in known]
        events.append(ActionExecuted(ACTION_LISTEN_NAME))
        for event in events:
            tracker.update(event, self.domain)
        self._turns[sender_id] = tracker

    def holds(self, sender_id: Text) -> bool:
        """Whether a turn of this conversation is being thought about."""
        return sender_id in self._turns

    def finish(self, sender_id: Text) -> Optional[DialogueStateTracker]:
        """The tracker as it stands after the turn; forgotten here from now on."""
        return self._turns.pop(sender_id, None)

    async def save(self, tracker: DialogueStateTracker) -> None:
        if tracker.sender_id in self._turns:
            self._turns[tracker.sender_id] = tracker

    async def retrieve(self, sender_id: Text) -> Optional[DialogueStateTracker]:
        return self._turns.get(sender_id)

    async def keys(self) -> Iterable[Text]:
        return list(self._turns)
