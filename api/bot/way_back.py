"""The way back: the address at which a bot process reaches the very process of ours that asked it."""

from dataclasses import dataclass

import httpx

from api.settings import Settings

#: Listening on these means: on every address the machine has.
EVERYWHERE = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - recognised, not listened on


@dataclass(frozen=True)
class WayBack:
    """Where this process serves its actions.

    A turn is known to the process that opened it alone. Behind one name for several processes, an action would
    reach the wrong one as often as not, so each says with every turn how it is reached itself.

    Args:
        host: the address this process listens on.
        port: the port it listens on.
        told: the whole address, where the operator knows better.
    """

    host: str
    port: int
    told: str = ""

    @classmethod
    def of(cls, settings: Settings) -> "WayBack":
        """As the settings say."""
        return cls(settings.host, settings.port, settings.actions_url)

    def on_this_machine(self) -> str:
        """For a bot process that was started here."""
        return self._at(EVERYWHERE.get(self.host, self.host))

    def for_whom_answered(self, answer: httpx.Response) -> str | None:
        """For a bot process elsewhere that has just answered; None when nothing tells how it reaches us.

        Args:
            answer: of which the line is still open: our end of it is our address in a network both are in.
        """
        if self.told:
            return self.told
        if self.host not in EVERYWHERE:
            return self._at(self.host)
        line = answer.extensions.get("network_stream")
        our_end = line.get_extra_info("client_addr") if line is not None else None
        return self._at(our_end[0]) if our_end else None

    def _at(self, host: str) -> str:
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}/internal/actions"
