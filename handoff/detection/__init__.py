"""Detection: sees after each turn of a customer whether a person should take over, and says why."""

from handoff.detection.detector import Detector
from handoff.detection.ledger import Context, Decision, Reading, Said, Signal

__all__ = ["Context", "Decision", "Detector", "Reading", "Said", "Signal"]
