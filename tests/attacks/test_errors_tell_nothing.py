"""Errors tell nothing of our insides: no text of an exception, no path, no query, nothing that Temporal said."""

import logging
import re
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError
from temporalio.client import WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from tests.api.conftest import SECRET, Installation
from tests.api.test_submissions import INTRODUCTION

PLANTED = "planted hunter2 /srv/pathfinder/settings.py SELECT * FROM country at 10.9.8.7:5432"
INSIDES = re.compile(
    r"hunter2|/srv|SELECT|10\.9\.8\.7|Traceback|File \"|line \d+|sqlalchemy|temporalio|asyncio"
)
FAILURES: dict[str, Exception] = {
    "fault": RuntimeError(PLANTED),
    "assertion": AssertionError(PLANTED),
    "key": KeyError(PLANTED),
    "file": PermissionError(13, PLANTED, "/srv/secrets/token"),
    "database": OperationalError(PLANTED, {"password": "hunter2"}, Exception(PLANTED)),
    "temporal": RPCError(PLANTED, RPCStatusCode.INTERNAL, b""),
    "temporal is away": RPCError(PLANTED, RPCStatusCode.UNAVAILABLE, b""),
    "update": WorkflowUpdateFailedError(ApplicationError(PLANTED)),
}


def broken(failure: Exception) -> Any:
    """What fails like this, whatever it is asked."""

    async def fails(*_: Any, **__: Any) -> Any:
        raise failure

    return fails


@pytest.mark.parametrize("failure", FAILURES.values(), ids=FAILURES)
@pytest.mark.parametrize("accept", ["application/json", "text/html"])
async def test_a_failure_below_is_answered_without_its_text(
    installation: Installation, monkeypatch: pytest.MonkeyPatch, failure: Exception, accept: str
) -> None:
    monkeypatch.setattr("storage.reading.country", broken(failure))
    monkeypatch.setattr("storage.reading.countries", broken(failure))
    headers = {"Authorization": installation.secretariat.authorization, "Accept": accept}
    for path in ("/api/v1/countries", "/api/v1/countries/XAA", "/api/v1/countries/XAA/tasks"):
        answer = await installation.client.get(path, headers=headers)
        assert answer.status_code in (500, 503), answer.text
        assert not INSIDES.search(answer.text), answer.text
        assert not INSIDES.search(str(answer.headers))


@pytest.mark.parametrize("name", ["temporal", "temporal is away", "update", "fault"])
async def test_a_failure_of_a_countrys_process_is_answered_without_its_text(
    installation: Installation, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    code = await installation.candidate()
    monkeypatch.setattr("temporalio.client.WorkflowHandle.execute_update", broken(FAILURES[name]))
    answer = await installation.secretariat.submit(code, INTRODUCTION)
    assert answer.status_code in (422, 500, 503), answer.text
    assert not INSIDES.search(answer.text), answer.text


async def test_no_log_of_a_whole_errand_holds_the_secret_or_a_token(
    installation: Installation, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    token = installation.secretariat.authorization.removeprefix("Bearer ")
    code = await installation.candidate()
    await installation.secretariat.upload(code)
    await installation.client.get("/api/v1/me", headers={"Authorization": f"Bearer {token}x"})
    assert SECRET not in caplog.text
    assert token not in caplog.text
