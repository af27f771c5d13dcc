"""The directory of seats from a file: everything wrong by row and column, all or nothing, harmless when repeated."""

from datetime import date
from pathlib import Path

import pytest
from temporalio.service import RPCError

from contracts.alliance import Directory
from framework.digests import Digest
from framework.records.alliance import Appointment, SeatRole
from framework.terms import Language
from portfolio.directory import Fate, appoint_from_csv, read
from tests.timetravel import travelling
from tests.workflows.alliance_world import world

TODAY = date(2030, 3, 1)
HEADER = "role,seat,name,email,language,from,until\n"
GOOD = HEADER + (
    "secretariat,Geneva,Ada,ada@alliance.example,en,2030-01-01,\n"
    'gcm,"Government, XAC",Noa,noa@gov.example,fr,2030-01-01,\n'
    "gcm,ILO,Ivo,ivo@ilo.example,,2030-01-01,2031-12-31\n"
    "chair,Chair,Cleo,cleo@alliance.example,es,2030-01-01,\n"
)


def complaints(text: str, directory: Directory | None = None) -> list[str]:
    """Everything that is wrong with a file, as people read it."""
    return [str(error) for error in read(text, directory or Directory(), TODAY)[1]]


def test_a_good_file_becomes_appointments_with_the_seats_country_or_body() -> None:
    lines, errors = read(GOOD, Directory(), TODAY)
    assert errors == ()
    assert [(one.row, one.fate) for one in lines] == [(row, Fate.NEW) for row in (2, 3, 4, 5)]
    seats = [(one.appointment.country, one.appointment.body) for one in lines]
    assert seats == [("", ""), ("XAC", ""), ("", "ILO"), ("", "")]
    assert lines[1].appointment.language is Language.FRENCH
    assert lines[2].appointment.until_on == date(2031, 12, 31)


def test_all_errors_are_named_by_row_and_column() -> None:
    text = HEADER + (
        "boss,Geneva,Ada,ada@alliance.example,en,2030-01-01,\n"
        "mwg,,Mo,mo,en,2030-01-01,2029-01-01\n"
        "mwg,MWG 1,Wu,wu@alliance.example,de,1 Jan 2030,\n"
    )
    found = complaints(text)
    assert [one.split(":")[0] for one in found] == [
        "row 2, column role",
        "row 3, column email",
        "row 3, column seat",
        "row 3, column until",
        "row 4, column from",
        "row 4, column language",
    ]
    assert "write one address alone" in found[1]


def test_a_missing_column_and_a_file_without_rows_are_said() -> None:
    assert complaints("role,seat,name,email\n") == [
        "row 1, column from: this column is missing; add it, in any place"
    ]
    assert complaints(HEADER) == ["row 1: The file has a header and no rows."]


def test_the_same_row_twice_and_two_chairs_are_refused() -> None:
    again = "secretariat,Geneva,Ada,ada@alliance.example,en,2030-01-01,\n"
    assert complaints(GOOD + again) == ["row 6: is the same appointment as row 2; leave one of them out"]
    second = "chair,Chair,Cy,cy@alliance.example,en,2030-06-01,\n"
    assert [one.split(":")[0] for one in complaints(GOOD + second)] == [
        "row 5, column from",
        "row 6, column from",
    ]


def test_a_chair_who_leaves_and_the_next_one_may_stand_in_either_order() -> None:
    cleo = Appointment(
        role=SeatRole.CHAIR,
        seat="Chair",
        name="Cleo",
        email="cleo@alliance.example",
        language=Language.SPANISH,
        from_on=date(2030, 1, 1),
    )
    on_record = Directory(holders=[read(GOOD, Directory(), TODAY)[0][3].appointment], revision=5)
    assert on_record.holders[0].name == cleo.name
    text = HEADER + (
        "chair,Chair,Cy,cy@alliance.example,en,2030-06-01,\n"
        "chair,Chair,Cleo,cleo@alliance.example,es,2030-01-01,2030-05-31\n"
    )
    lines, errors = read(text, on_record, TODAY)
    assert errors == ()
    assert [one.fate for one in lines] == [Fate.NEW, Fate.CORRECTED]


async def test_a_dry_run_does_without_a_server_and_appointing_does_not() -> None:
    report = await appoint_from_csv(None, GOOD, True, today=TODAY)
    assert (report.ok, report.count(Fate.NEW)) == (True, 4)
    with pytest.raises(ValueError, match="needs a client"):
        await appoint_from_csv(None, GOOD, False)


async def test_without_the_alliances_process_the_server_says_so() -> None:
    async with travelling() as clock:
        with pytest.raises(RPCError):
            await appoint_from_csv(clock.client, GOOD, False)


async def test_a_file_is_appointed_once_however_often_it_is_read_and_then_corrected(tmp_path: Path) -> None:
    file = tmp_path / "directory.csv"
    file.write_text(GOOD, encoding="utf-8")
    async with world(tmp_path) as here:
        dry = await appoint_from_csv(here.clock.client, file, True)
        assert (dry.count(Fate.NEW), (await here.directory()).holders) == (4, [])
        await appoint_from_csv(here.clock.client, file, False)
        again = await appoint_from_csv(here.clock.client, file, False)
        assert again.count(Fate.UNCHANGED) == 4
        file.write_text(GOOD.replace("2030-01-01,\n", "2030-01-01,2032-12-31\n"), encoding="utf-8")
        changed = await appoint_from_csv(here.clock.client, file, False)
        assert (changed.count(Fate.CORRECTED), changed.count(Fate.UNCHANGED)) == (3, 1)
        file.write_text(GOOD, encoding="utf-8")
        await appoint_from_csv(here.clock.client, file, False)
        await here.clock.settled()
        until = {one.name: one.until_on for one in (await here.directory()).holders}
        assert until == {"Ada": None, "Noa": None, "Ivo": date(2031, 12, 31), "Cleo": None}


async def test_with_one_bad_row_nobody_is_appointed(tmp_path: Path) -> None:
    text = GOOD + "mwg,MWG 1,Mo,not an address,en,2030-01-01,\n"
    async with world(tmp_path) as here:
        report = await appoint_from_csv(here.clock.client, text, False)
        assert not report.ok
        assert (await here.directory()).holders == []


@pytest.mark.clause("REP-07")
def test_how_a_holder_is_written_to_is_a_column_that_may_be_left_out() -> None:
    text = (
        "role,seat,name,email,from,digest\n"
        "mwg,MWG 1,Wu,wu@x.example,2030-01-01,Off\n"
        "mwg,MWG 2,Mo,mo@x.example,2030-01-01,\n"
    )
    lines, errors = read(text, Directory(), TODAY)
    assert errors == ()
    assert [one.appointment.digest for one in lines] == [Digest.OFF, None]
    assert complaints(text.replace("Off", "hourly")) == [
        "row 2, column digest: 'hourly' is not one of: daily, weekly, off"
    ]
