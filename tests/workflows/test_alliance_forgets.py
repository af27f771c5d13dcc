"""The Alliance's own process forgets a person who held a seat: not before the seat has passed on, and once."""

from datetime import date
from pathlib import Path

import pytest
from temporalio.client import WorkflowUpdateFailedError

from contracts.messages import Actor
from contracts.names import ALLIANCE_CODE, ERASE_PERSON
from contracts.personal import Erased, Erasure
from framework.records.alliance import AllianceEvent, SeatRole
from framework.terms import Role
from storage import directory, reading_history
from tests.workflows.alliance_world import YEAR, World, moment, world

NAME, ADDRESS = "Gil Ferrand", "gil@gcm.example"
OPERATOR = Actor(role=Role.OPERATOR, name="An operator")
ERASURE = Erasure(addresses=[ADDRESS], names=[NAME], pseudonym="person 7", actor=OPERATOR)


async def erase(here: World, erasure: Erasure = ERASURE) -> Erased:
    """Asks the Alliance to forget."""
    found: Erased = await here.alliance.execute_update(ERASE_PERSON, erasure, result_type=Erased)
    await here.clock.settled()
    return found


async def test_row_37_whoever_held_a_seat_is_forgotten_once_it_has_passed_on(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        await here.appoint(SeatRole.GCM, "ILO", ADDRESS, name=NAME, body="ILO", until_on=date(YEAR, 1, 31))
        event = AllianceEvent(title=f"With {NAME}", on=date(YEAR, 1, 4), place="Geneva", countries=("XZZ",))
        await here.submit(event, Actor(role=Role.SECRETARIAT, name=NAME))
        with pytest.raises(WorkflowUpdateFailedError):
            await erase(here)
        assert [one.name for one in await directory.appointments(here.database, role="gcm")] == [NAME]
        await here.clock.advance_to(moment(2, 2))
        with pytest.raises(WorkflowUpdateFailedError):
            await erase(here, ERASURE.model_copy(update={"actor": Actor(role=Role.GCM, name="Another")}))
        assert (await erase(here)).changed
        state = await here.state()
        assert not [one for one in (NAME, ADDRESS) if one in state.model_dump_json()]
        (noted,) = await here.entries("person_erased")
        assert (noted.by, noted.values) == (OPERATOR.name, {})
        told = (await reading_history.timeline(here.database, ALLIANCE_CODE)).items
        assert "person 7" in {one.by for one in told}
        assert not [one for one in told if NAME in one.model_dump_json()]
        (seat,) = await directory.appointments(here.database, role="gcm")
        assert (seat.name, seat.email) == ("person 7", "person 7@erased.invalid")
        assert not (await erase(here)).changed
        assert len(await here.entries("person_erased")) == 1
