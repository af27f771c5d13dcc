"""The stage on which a scenario is played: a throwaway server, storage that is thrown away, the worker of production."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from temporalio.worker import Worker

from contracts.names import SEARCH_ATTRIBUTES
from contracts.rows import Delivery
from rehearsal.clock import Clock
from rehearsal.server import throwaway_server
from storage.directory import SeatHolder, put_appointments
from storage.documents import Documents
from storage.engine import Database, open_database
from storage.schema import migrate
from worker import build_activities, build_worker


@dataclass
class Letterbox:
    """Takes the place of the post: every message that would go out, once for each key, in the order of their coming."""

    taken: dict[str, Delivery] = field(default_factory=dict)

    async def take(self, delivery: Delivery) -> None:
        """Keeps a message instead of sending it."""
        self.taken.setdefault(delivery.key, delivery)

    @property
    def mails(self) -> list[Delivery]:
        """The messages, in the order in which they were made."""
        return sorted(self.taken.values(), key=lambda one: one.order.made_at)


@dataclass
class Stage:
    """What a play needs. The worker can be taken away and brought back."""

    clock: Clock
    database: Database
    documents: Documents
    letterbox: Letterbox
    _at_work: AsyncExitStack | None = None

    @property
    def working(self) -> bool:
        """True while the worker runs."""
        return self._at_work is not None

    async def start_worker(self) -> None:
        """Brings the worker back, with nothing in its memory; does nothing while it runs."""
        if self._at_work is None:
            activities = build_activities(
                self.clock.client, self.database, self.documents, self.letterbox, None
            )
            stack = AsyncExitStack()
            await stack.enter_async_context(_worker(self.clock, activities))
            self._at_work = stack

    async def stop_worker(self) -> None:
        """Takes the worker away; what it has cached is gone."""
        stack, self._at_work = self._at_work, None
        if stack is not None:
            await stack.aclose()


@asynccontextmanager
async def stage(
    begins: datetime, seats: Sequence[SeatHolder], *, force_continue_as_new_every: int | None = None
) -> AsyncIterator[Stage]:
    """A stage whose clock begins at `begins` (not in the past: ValueError), with its worker at work.

    `force_continue_as_new_every`: as in `rehearsal.server`.
    """
    with TemporaryDirectory(prefix="rehearsal-") as folder:
        database = open_database(f"sqlite+aiosqlite:///{Path(folder) / 'pathfinder.db'}")
        try:
            await migrate(database)
            await put_appointments(database, seats, 1)
            async with throwaway_server(
                force_continue_as_new_every=force_continue_as_new_every, search_attributes=SEARCH_ATTRIBUTES
            ) as env:
                documents = Documents((Path(folder) / "documents").as_uri())
                found = Stage(
                    Clock(env, start_at=begins, discover="", leaps=True), database, documents, Letterbox()
                )
                await found.start_worker()
                try:
                    yield found
                finally:
                    await found.stop_worker()
        finally:
            await database.close()


def _worker(clock: Clock, activities: list[object]) -> Worker:
    return build_worker(clock.client, activities)
