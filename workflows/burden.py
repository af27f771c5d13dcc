"""How heavy a run has become. What it carries must fit into one payload of its server (2 MB), whatever people send."""

from dataclasses import dataclass

MESSAGE = 1_000
"""Bytes that a message leaves behind in the state besides its own content: entry, version, receipt (measured: 510)."""

HEAVY = 600_000
"""From here on the run is archived and continued as new at the next rest, in mid-cycle too."""

FULL = 1_200_000
"""From here on nothing more is taken in: storage is away, and what waits to be written must fit when it is back."""


@dataclass
class Burden:
    """The weight of one run: the state with which it began (bytes of JSON), and what has come since."""

    size: int
    taken: int = 0

    def take(self, size: int) -> None:
        """A message has come in."""
        self.taken += 1
        self.size += size + MESSAGE

    @property
    def heavy(self) -> bool:
        """Time to archive and continue; never before the run's first message, so that runs do not chase each other."""
        return self.taken > 0 and self.size >= HEAVY

    @property
    def full(self) -> bool:
        """Nothing more fits."""
        return self.taken > 0 and self.size >= FULL
