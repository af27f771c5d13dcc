"""The directory of seats: who is written to as Secretariat, GCM, MWG, Chair or operator, and when.

Appointments are dated: a message goes to whoever holds the seat on the day on which it was made.
"""

from collections.abc import Sequence
from datetime import date

from pydantic import BaseModel
from sqlalchemy import ColumnElement
from sqlmodel import col, delete, or_, select

from contracts.state import Recipient
from framework.digests import Digest, choice_of
from framework.records.alliance import Appointment
from framework.terms import Language
from storage.engine import Database
from storage.tables import AppointmentTable
from storage.writing import upsert

ROLES = ("secretariat", "gcm", "mwg", "chair", "operator")


class SeatHolder(BaseModel):
    """A dated appointment to a seat, both days included; no `until_on`: until further notice.

    `digest`: how the holder chose to be written to; None: as the role usually is. `country`, `body`: whose seat it is.
    """

    id: str
    role: str
    seat: str
    name: str
    email: str
    language: Language = Language.ENGLISH
    from_on: date
    until_on: date | None = None
    digest: Digest | None = None
    country: str = ""
    body: str = ""

    @property
    def choice(self) -> Digest:
        """How the holder is written to."""
        return choice_of(self.role, self.digest)


def holder_of(appointment: Appointment) -> SeatHolder:
    """An appointment as the directory's rows keep it. Raises ValueError without a role or a first day."""
    return SeatHolder.model_validate(
        {
            "id": appointment.id,
            "role": appointment.role,
            "seat": appointment.seat,
            "name": appointment.name,
            "email": appointment.email,
            "language": appointment.language,
            "from_on": appointment.from_on,
            "until_on": appointment.until_on,
            "digest": appointment.digest,
            "country": appointment.country,
            "body": appointment.body,
        }
    )


async def appointments(database: Database, *, role: str = "", on: date | None = None) -> list[SeatHolder]:
    """Appointments by role, seat and start; with `on`, only those that hold on that day."""
    query = select(AppointmentTable).where(*_conditions(role, on))
    query = query.order_by(
        col(AppointmentTable.role),
        col(AppointmentTable.seat),
        col(AppointmentTable.from_on),
        col(AppointmentTable.id),
    )
    async with database.reading() as session:
        return [_holder(row) for row in await session.exec(query)]


async def holders(database: Database, role: str, on: date) -> list[Recipient]:
    """Who is written to in a role on a day."""
    found = await appointments(database, role=role, on=on)
    return [
        Recipient(
            role=role, name=holder.name, email=holder.email, language=holder.language, digest=holder.choice
        )
        for holder in found
    ]


async def put_appointments(database: Database, appointed: Sequence[SeatHolder], revision: int) -> None:
    """Makes the directory what it is at a revision of the Alliance's process; older ones do nothing."""
    rows = [
        holder.model_dump(mode="json", exclude={"from_on", "until_on"})
        | {"from_on": holder.from_on, "until_on": holder.until_on, "digest": holder.digest or ""}
        | {"revision": revision}
        for holder in appointed
    ]
    async with database.writing() as session:
        revisions = select(AppointmentTable.revision).order_by(col(AppointmentTable.revision).desc()).limit(1)
        newest = (await session.exec(revisions)).first()
        if newest is not None and newest > revision:
            return
        await session.exec(delete(AppointmentTable))
        await upsert(session, AppointmentTable, rows, guarded=True)


def _holder(row: AppointmentTable) -> SeatHolder:
    return SeatHolder.model_validate(row.model_dump() | {"digest": row.digest or None})


def _conditions(role: str, on: date | None) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if role:
        found.append(col(AppointmentTable.role) == role)
    if on:
        found.append(col(AppointmentTable.from_on) <= on)
        found.append(or_(col(AppointmentTable.until_on).is_(None), col(AppointmentTable.until_on) >= on))
    return found
