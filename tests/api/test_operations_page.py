"""Operations before a living server: it is asked in words that it understands, and what is well says so."""

from api.deps import Parts
from api.pages.troubles import address_of, stuck_countries, troubled
from framework.terms import Role
from tests.api.conftest import Installation


async def test_a_living_server_says_that_all_processes_move(installation: Installation) -> None:
    await installation.candidate()
    parts: Parts = installation.app.state.parts
    assert await troubled(parts) == []
    assert await stuck_countries(parts) == set()
    headers = {"Authorization": installation.person(Role.OPERATOR).authorization, "Accept": "text/html"}
    page = (await installation.client.get("/desk/operations", headers=headers)).text
    assert "All processes move" in page
    assert "Start the Temporal server again" not in page


async def test_the_way_into_the_temporal_ui_names_the_namespace_and_the_workflow(
    installation: Installation,
) -> None:
    parts: Parts = installation.app.state.parts
    assert address_of(parts, "country-XAA") == (
        f"{parts.settings.temporal_ui_url}/namespaces/default/workflows/country-XAA"
    )
    assert address_of(parts, "a/b", "r 1").endswith("/workflows/a%2Fb/r%201/history")
