"""The message that signs in, on its way: handed to the real process engine, which keeps nothing that lets anybody in."""

from datetime import UTC, datetime

from contracts.names import delivery_id, mail_key
from contracts.rows import Batch
from correspondence.signing_in import code_of, token_of
from framework.records import Contact
from storage.writing import write_batch
from tests.api.conftest import SECRET, Installation
from tests.storage.samples import country_row

ADDRESS = "signs.in@ministry.example"


async def test_a_link_goes_out_as_a_delivery_whose_history_holds_no_secret(
    installation: Installation,
) -> None:
    parts = installation.app.state.parts
    row = country_row("XYZ").model_copy(update={"focal_point": Contact(name="Bo", email=ADDRESS)})
    await write_batch(parts.database, Batch(code="XYZ", revision=1, country=row), {})
    headers = {"Origin": "http://api", "Accept": "text/html"}
    before = datetime.now(UTC)
    answer = await installation.client.post("/sign-in", data={"address": ADDRESS}, headers=headers)
    assert answer.status_code == 303
    query = f'WorkflowType="delivery" AND StartTime >= "{before.isoformat()}"'
    found = [one.id async for one in parts.processes.client.list_workflows(query)]
    (id,) = [one.removeprefix("mail-ALLIANCE-sign_in-").rpartition("-")[0] for one in found]
    key = mail_key("ALLIANCE", "", "sign_in", id, ADDRESS)
    history = await parts.processes.client.get_workflow_handle(delivery_id(key)).fetch_history()
    kept = history.to_json()
    assert ADDRESS not in delivery_id(key)
    assert token_of(SECRET, id) not in kept
    assert code_of(SECRET, id) not in kept
    page = await installation.client.get(f"/sign-in/link/{token_of(SECRET, id)}", headers=headers)
    assert page.status_code == 200
    await parts.processes.client.get_workflow_handle(delivery_id(key)).terminate()
