"""The first way in: `up` prints it once, and an operator makes another when mail does not go out."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from api.app import create_app
from launch.sign_in_link import NobodyThere, make, marker, tell_first
from settings import Settings
from storage.audit_reading import AuditFilter, acts
from storage.directory import SeatHolder, put_appointments
from storage.documents import Documents
from storage.engine import open_database
from storage.schema import migrate
from tests.api.conftest import served, settings_in

ALMA = "alma@alliance.example"


async def appointed(settings: Settings, role: str = "secretariat") -> None:
    """A directory with one seat."""
    database = open_database(settings.database_url)
    await migrate(database)
    start = datetime(2026, 1, 1, tzinfo=UTC).date()
    seat = SeatHolder(id="1", role=role, seat="Officer", name="Alma", email=ALMA, from_on=start)
    await put_appointments(database, [seat], 1)
    await database.close()


async def test_the_first_start_says_how_to_sign_in_and_no_later_one_does(tmp_path: Path) -> None:
    settings, told = settings_in(tmp_path), list[str]()
    await appointed(settings)
    await tell_first(settings, told.append)
    await tell_first(settings, told.append)
    (line,) = told
    assert ALMA in line
    path = line.partition(settings.public_url)[2].split()[0]
    app = create_app(settings, documents=Documents((tmp_path / "documents").as_uri()))
    async with served(app) as client:
        assert (await client.post(path, headers={"Origin": "http://api"})).status_code == 303
        assert (await client.post(path, headers={"Origin": "http://api"})).status_code == 410
        made = await acts(app.state.parts.database, AuditFilter(action="make_sign_in_link"))
    assert [(one.outcome.value, one.object) for one in made.items] == [("done", "pathfinder up")]
    assert made.items[0].person.startswith("p-")


async def test_without_a_seat_the_first_start_says_what_to_do_and_tries_again_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("launch.sign_in_link.PATIENCE_SECONDS", 1)
    given = settings_in(tmp_path).model_dump() | {"sample": False, "first_secretariat": "new@x.example"}
    settings, told = Settings.model_validate(given), list[str]()
    await appointed(settings, "operator")
    await tell_first(settings, told.append)
    assert "pathfinder appoint" in told[0]
    assert not marker(settings).exists()


async def test_an_installation_without_sample_and_without_a_first_address_says_nothing(
    tmp_path: Path,
) -> None:
    settings = Settings.model_validate(settings_in(tmp_path).model_dump() | {"sample": False})
    told = list[str]()
    await tell_first(settings, told.append)
    assert told == []


async def test_an_operator_makes_a_link_for_whoever_is_on_record_only(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    await appointed(settings)
    database = open_database(settings.database_url)
    link = await make(database, settings, ALMA.upper(), datetime.now(UTC))
    assert link.startswith(f"{settings.public_url}/sign-in/link/")
    with pytest.raises(NobodyThere):
        await make(database, settings, "nobody@alliance.example", datetime.now(UTC))
    await database.close()
