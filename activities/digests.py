"""Digests for those who hold a seat: one message for all that waited, and for what has become late (REP-07)."""

from collections.abc import Iterable
from datetime import date

from temporalio import activity

from activities.correspondence import Courier
from contracts.names import ALLIANCE_CODE, DIGEST, mail_key
from contracts.rows import Delivery, DigestDay, DigestOrder, DigestReader
from contracts.state import MailOrder
from correspondence.digesting import MOST_MESSAGES, LateTask, digest_values
from correspondence.facts import Site
from framework.digests import Digest, round_before
from framework.terms import Role, TaskState
from storage import holding, ledger
from storage.directory import SeatHolder, appointments
from storage.engine import Database
from storage.reading_tasks import TaskFilter, tasks

WATCHED = {
    "secretariat": tuple(Role),
    "mwg": (Role.MWG, Role.FOCAL_POINT),
    "gcm": (Role.GCM, Role.FOCAL_POINT),
}
"""Whose late tasks the holder of a seat hears of."""

OF_THE_SECRETARIAT = frozenset({"contacts_confirmation"})
"""Late tasks of countries that only the Secretariat follows up."""


class Digests:
    """The activities of a round of digests. `site` is where its lines lead."""

    def __init__(self, database: Database, courier: Courier, site: Site) -> None:
        self._database = database
        self._courier = courier
        self._site = site

    @activity.defn(name="digest_readers")
    async def digest_readers(self, day: DigestDay) -> list[DigestReader]:
        """Who is due: everybody with a daily digest; weekly ones on their day, or after it if it was missed.

        Whoever has left, or wishes single messages now, still gets what waits.
        """
        today = day.now.date()
        waiting: dict[str, list[Delivery]] = {}
        for delivery in await holding.held(self._database):
            waiting.setdefault(delivery.to_email.strip().lower(), []).append(delivery)
        readers = _readers(await appointments(self._database, on=today))
        for address, held in waiting.items():
            readers.setdefault(address, _former(held[0]))
        return [
            reader
            for address, reader in sorted(readers.items())
            if _is_due(reader, waiting.get(address, []), today, day.weekday)
        ]

    @activity.defn(name="send_digest")
    async def send_digest(self, order: DigestOrder) -> str:
        """Makes one reader's digest of a day and hands it to the post; returns its key. Nothing to say: no message."""
        reader, day = order.reader, order.now.date().isoformat()
        key = mail_key(ALLIANCE_CODE, "", DIGEST, day, reader.to_email)
        made = await ledger.mail(self._database, key)
        if made is None:
            digest, included = await self._digest(key, order)
            if digest is None:
                return ""
            await holding.put_in_digest(self._database, digest, included, order.now)
        else:
            digest = made.delivery  # an attempt before this one has entered it
        await self._courier.take(digest)
        return key

    async def _digest(self, key: str, order: DigestOrder) -> tuple[Delivery | None, list[Delivery]]:
        reader = order.reader
        waiting = await holding.held(self._database, reader.to_email)
        late = await self._late(reader.roles)
        newly = any(one.task.due_at and one.task.due_at >= order.since for one in late)
        included = waiting[:MOST_MESSAGES]
        if not included and not newly:
            return None, []
        values = digest_values(
            included,
            late,
            choice=reader.choice,
            language=reader.language,
            site=self._site,
            now=order.now,
            more=len(waiting) > len(included),
        )
        return _delivery(key, order, values), included

    async def _late(self, roles: Iterable[str]) -> list[LateTask]:
        watched = tuple({role for seat in roles for role in WATCHED.get(seat, ())})
        if not watched:
            return []
        wanted = TaskFilter(states=(TaskState.LATE,), roles=watched)
        found = (await tasks(self._database, wanted, limit=500)).items
        return [
            LateTask(country=one.country, country_name=one.country_name, task=one.task)
            for one in found
            if "secretariat" in roles or one.task.kind not in OF_THE_SECRETARIAT
        ]


def _readers(seats: list[SeatHolder]) -> dict[str, DigestReader]:
    """Who gets digests, by mailbox: one each, at the shortest period of all their seats."""
    found: dict[str, DigestReader] = {}
    for seat in seats:
        address = seat.email.strip().lower()
        if not address or seat.choice is Digest.OFF:
            continue
        known = found.get(address)
        choices = {seat.choice, known.choice if known else seat.choice}
        found[address] = DigestReader(
            to_name=seat.name,
            to_email=seat.email.strip(),
            language=seat.language,
            choice=Digest.DAILY if Digest.DAILY in choices else Digest.WEEKLY,
            roles=[*(known.roles if known else []), seat.role],
        )
    return found


def _former(delivery: Delivery) -> DigestReader:
    return DigestReader(
        to_name=delivery.to_name,
        to_email=delivery.to_email,
        language=delivery.language,
        choice=Digest.OFF,
    )


def _is_due(reader: DigestReader, waiting: list[Delivery], today: date, weekday: int) -> bool:
    if reader.choice is not Digest.WEEKLY or today.weekday() == weekday:
        return True
    last = round_before(today, reader.choice, weekday)
    return any(one.order.made_at.date() < last for one in waiting)


def _delivery(key: str, order: DigestOrder, values: dict[str, object]) -> Delivery:
    reader = order.reader
    made = MailOrder(
        kind=DIGEST,
        country=ALLIANCE_CODE,
        cycle="",
        step=order.now.date().isoformat(),
        to=[],
        values=values,
        due_at=order.now,
        made_at=order.now,
    )
    return Delivery(
        key=key, order=made, to_name=reader.to_name, to_email=reader.to_email, language=reader.language
    )
