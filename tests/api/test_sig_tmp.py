import asyncio, time
from temporalio.client import Client
from contracts.messages import Actor
from contracts.names import GCM_DECISION, country_id
from framework.terms import Role
from tests.api.conftest import Installation, database, documents, installation, patient, settings, temporal
import pytest
@pytest.mark.asyncio(loop_scope="session")
async def test_x(installation, temporal):
    here = await installation.candidate()
    handle = temporal.get_workflow_handle(country_id(here))
    actor = Actor(role=Role.GCM, name="Nobody")
    t=time.time()
    for start in range(0, 5000, 50):
        await asyncio.wait_for(asyncio.gather(*(handle.signal(GCM_DECISION, {"id": f"flood-{n}", "kind": "nothing", "actor": actor}) for n in range(start, start+50))), 30)
        if start % 250 == 0: print(start, round(time.time()-t,1), flush=True)
        if time.time()-t > 90: break
    print("sent", time.time()-t, flush=True)
    d = await asyncio.wait_for(handle.describe(), 10)
    print("history", d.history_length, d.raw_description.pending_workflow_task if hasattr(d,'raw_description') else '', flush=True)
    t=time.time()
    r = await asyncio.wait_for(installation.secretariat.get(f"/countries/{here}"),10)
    print(r.status_code, flush=True)
