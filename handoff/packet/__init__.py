"""The packet: what the bot hands a person with a conversation, so that the customer need not say it again."""

from handoff.packet.asked import Known, asks_again, warning
from handoff.packet.document import VERSION, Packet
from handoff.packet.packets import Packets
from handoff.packet.parts import Passage
from handoff.packet.signals import record_signals

__all__ = ["VERSION", "Known", "Packet", "Packets", "Passage", "asks_again", "record_signals", "warning"]
