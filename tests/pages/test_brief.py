"""The hand-over brief as a page: what the PDF says, in the reader's language, for those who may read it (EOI-03)."""

import re
from collections.abc import AsyncIterator

import httpx2
import pytest
import pytest_asyncio

from api.app import create_app
from contracts.rows import Batch
from framework.terms import Role
from storage.documents import Documents
from storage.engine import open_database
from storage.schema import migrate
from storage.writing import write_batch
from tests.api.conftest import bearer, served, settings_in
from tests.storage.samples import comment, country_row, task

pytestmark = pytest.mark.asyncio(loop_scope="session")
ADDRESS = "/countries/XAA/brief"
TYPED = "<script>alert(1)</script>"


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def client(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[httpx2.AsyncClient]:
    """The application with one country, while Temporal is away."""
    folder = tmp_path_factory.mktemp("briefs")
    database = open_database(f"sqlite+aiosqlite:///{folder / 'rows.db'}")
    await migrate(database)
    waiting = comment().model_copy(update={"text": TYPED})
    batch = Batch(code="XAA", revision=1, country=country_row(), tasks=[task()], comments=[waiting])
    await write_batch(database, batch, {})
    app = create_app(settings_in(folder), database=database, documents=Documents(folder.as_uri()))
    async with served(app) as found:
        yield found
    await database.close()


async def shown(client: httpx2.AsyncClient, role: Role, country: str = "", **query: str) -> httpx2.Response:
    """The page as somebody in this role sees it."""
    headers = {"Accept": "text/html", "Authorization": bearer(role, country)}
    return await client.get(ADDRESS, params=query, headers=headers)


@pytest.mark.clause("EOI-03")
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["hand-over brief", "Annual progress report 2027: 30 April 2027 (open)", "Not answered yet."]),
        ("fr", ["note de transmission", "30 avril 2027", "Pas encore de réponse."]),
        ("es", ["nota de traspaso", "30 de abril de 2027", "Todavía sin respuesta."]),
    ],
)
async def test_the_page_says_what_the_brief_says_in_the_readers_language(
    client: httpx2.AsyncClient, language: str, words: list[str]
) -> None:
    answer = await shown(client, Role.FOCAL_POINT, "XAA", lang=language)
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.text
    for each in words:
        assert each in answer.text
    assert f"/api/v1/countries/XAA/brief.pdf?language={language}" in answer.text


async def test_every_part_is_reached_from_the_contents_and_nothing_typed_is_run(
    client: httpx2.AsyncClient,
) -> None:
    text = (await shown(client, Role.SECRETARIAT, lang="en")).text
    targets = re.findall(r'<li><a href="#(\w+)">', text)
    assert targets == ["standing", "due", "promised", "comments", "open", "people", "drafts"]
    assert all(f'<h2 id="{one}">' in text for one in targets)
    assert TYPED not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "There is no roadmap on record yet." in text


async def test_who_may_not_read_it_gets_no_page_of_it(client: httpx2.AsyncClient) -> None:
    assert (await shown(client, Role.MWG)).status_code == 403
    other = await shown(client, Role.FOCAL_POINT, "XAB")
    assert other.status_code == 404
    assert "Ada" not in other.text


async def test_the_page_is_light(client: httpx2.AsyncClient) -> None:
    assert len((await shown(client, Role.SECRETARIAT, lang="en")).content) < 20_000
