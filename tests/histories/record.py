"""Records histories and a carried state of today's processes, for every later version to replay and to decode.

    python -m tests.histories.record LABEL [LIFE]

Plays the lives under `lives/` on the real server under virtual time, and writes all that is recorded there to
`recorded/LABEL/`, and what the processes carry to `states/LABEL.json`. A label that exists is left alone: what has once
been released is never recorded again, a new version gets a label of its own (docs/changing-a-running-country.md).
A LIFE that is new with a process of its own (`anchors`) can be added to a label in which it is not yet.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter
from temporalio import activity
from temporalio.client import Client, WorkflowHistory
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError

from contracts import names
from contracts.alliance import AllianceState
from contracts.audit import Anchor, AnchorsState
from contracts.returns import Collected
from contracts.rows import (
    Bounced,
    Delivery,
    DigestDay,
    DigestOrder,
    DigestReader,
    DigestRound,
    Outcome,
)
from contracts.state import MailOrder
from framework.digests import Digest
from framework.terms import Language
from rehearsal import templates
from rehearsal.clock import Clock
from rehearsal.playing import play
from rehearsal.script import read_script
from rehearsal.server import throwaway_server
from rehearsal.stage import Stage, stage
from worker import build_worker

HERE = Path(__file__).resolve().parent
LIVES, RECORDED, STATES = HERE / "lives", HERE / "recorded", HERE / "states"
ANYTHING: TypeAdapter[Any] = TypeAdapter(Any)
STATELESS = (names.DELIVERY, names.BOUNCE, names.RETURNS, names.DIGEST)
"""Workflows that carry nothing: their input and their result are all."""

NOON = datetime(2028, 2, 1, 12, tzinfo=UTC)


@dataclass
class Recording:
    """What one life left behind: histories by file name, carried states by workflow type."""

    histories: dict[str, str] = field(default_factory=dict)
    states: dict[str, Any] = field(default_factory=dict)

    async def take(self, client: Client, life: str) -> None:
        """Takes every run of every workflow on a server, the oldest first, and what the living ones carry."""
        runs = sorted([run async for run in client.list_workflows("")], key=lambda run: run.start_time)
        for number, run in enumerate(runs, 1):
            handle = client.get_workflow_handle(run.id, run_id=run.run_id)
            history = await handle.fetch_history()
            self.histories[f"{life}.{number:02}.{run.id}.json"] = _written(history)
            if run.workflow_type not in STATELESS:
                self.states[run.workflow_type] = await handle.query("state")


async def record_life(path: Path) -> Recording:
    """Plays one scenario. Raises RuntimeError when it does not go as it says."""
    found = Recording()

    async def take(on: Stage) -> None:
        await found.take(on.clock.client, path.stem)

    played = await play(read_script(path.read_text(encoding="utf-8")), at_the_end=take)
    if played.differences:
        raise RuntimeError(f"{path.name}: {played.differences}")
    return found


async def record_alliance() -> Recording:
    """The Alliance's own process over one turn of the year."""
    found = Recording()
    async with stage(NOON, templates.seats()) as on:
        await on.clock.client.start_workflow(
            names.ALLIANCE, AllianceState(), id=names.alliance_id(), task_queue=names.TASK_QUEUE
        )
        await on.clock.advance_to(datetime(2029, 2, 1, tzinfo=UTC))
        await found.take(on.clock.client, "alliance")
    return found


async def record_deliveries() -> Recording:
    """A message that is accepted at the second attempt, one that is refused, one that nobody is there to read; one
    that comes back, and the look into the mailbox that finds it."""
    found, queue = Recording(), names.TASK_QUEUE
    activities = [_deliver, _report_outcome, _collect_returns]
    async with throwaway_server() as env, build_worker(env.client, activities):
        start = env.client.execute_workflow
        for key in ("accepted", "refused", "nobody"):
            await start(names.DELIVERY, _delivery(key), id=names.delivery_id(key), task_queue=queue)
        await start(names.RETURNS, id=names.returns_id(), task_queue=queue)
        bounced = Bounced(delivery=_delivery("accepted"), outcome=Outcome(state="bounced", at=NOON))
        await start(names.BOUNCE, bounced, id=names.bounce_id("accepted"), task_queue=queue)
        await found.take(env.client, "deliveries")
    return found


async def record_digests() -> Recording:
    """A round of digests for two readers."""
    found = Recording()
    async with throwaway_server() as env, build_worker(env.client, [_digest_readers, _send_digest]):
        await env.client.execute_workflow(
            names.DIGEST, DigestRound(weekday=0), id=names.DIGEST, task_queue=names.TASK_QUEUE
        )
        await found.take(env.client, "digests")
    return found


async def record_anchors() -> Recording:
    """The audit's anchors over some days, with one that was asked for, and over a seam."""
    found = Recording()
    async with throwaway_server() as env, build_worker(env.client, [_audit_head]):
        clock = Clock(env, start_at=NOON)
        await clock.client.start_workflow(
            names.AUDIT_ANCHORS, AnchorsState(), id=names.anchors_id(), task_queue=names.TASK_QUEUE
        )
        await clock.advance_to(NOON + timedelta(days=3))
        await clock.client.get_workflow_handle(names.anchors_id()).execute_update("anchor")
        await clock.advance_to(NOON + timedelta(days=120))
        await found.take(clock.client, "anchors")
    return found


async def add_life(label: str, life: str) -> None:
    """Records a life that is new under a label that exists. Raises FileExistsError when it is there, KeyError for others."""
    folder, states = RECORDED / label, STATES / f"{label}.json"
    if any(folder.glob(f"{life}.*")):
        raise FileExistsError(f"{life} has been recorded under {label}")
    recording = await ADDED[life]()
    for name, text in recording.histories.items():
        (folder / name).write_text(f"{text}\n", encoding="utf-8")
    carried = json.loads(states.read_text(encoding="utf-8")) | ANYTHING.dump_python(
        recording.states, mode="json"
    )
    states.write_bytes(ANYTHING.dump_json(carried, indent=1) + b"\n")


ADDED = {"anchors": record_anchors}
"""Lives with a process of their own, which can be added to what is recorded already."""


async def record(label: str) -> None:
    """Records everything under a label. Raises FileExistsError when there is something under it."""
    folder, states = RECORDED / label, STATES / f"{label}.json"
    if folder.exists() or states.exists():
        raise FileExistsError(
            f"{label} has been recorded; take another label, or delete what is not released yet"
        )
    recordings = [one async for one in _all()]
    folder.mkdir(parents=True)
    STATES.mkdir(exist_ok=True)
    carried: dict[str, Any] = {}
    for recording in recordings:
        carried |= recording.states
        for name, text in recording.histories.items():
            (folder / name).write_text(f"{text}\n", encoding="utf-8")
    states.write_bytes(ANYTHING.dump_json(carried, indent=1) + b"\n")


async def _all() -> AsyncIterator[Recording]:
    for path in sorted(LIVES.glob("*.yaml")):
        yield await record_life(path)
    yield await record_alliance()
    yield await record_deliveries()
    yield await record_digests()
    yield await record_anchors()


def _written(history: WorkflowHistory) -> str:
    """One event a line. What activities were given is left out: replay does not look at it, and it is two thirds.

    So are stack traces, which name the folders of the machine that recorded.
    """
    events = json.loads(history.to_json(), object_hook=_without_stack_trace)["events"]
    for event in events:
        event.get("activityTaskScheduledEventAttributes", {}).pop("input", None)
    lines = ",\n".join(json.dumps(event, separators=(",", ":"), ensure_ascii=False) for event in events)
    return f'{{"events": [\n{lines}\n]}}'


def _without_stack_trace(part: dict[str, Any]) -> dict[str, Any]:
    part.pop("stackTrace", None)
    return part


def _delivery(key: str) -> Delivery:
    order = MailOrder(kind="reminder", country="XAA", cycle="2028", to=[], due_at=NOON, made_at=NOON)
    return Delivery(
        key=key, order=order, to_name="Ada", to_email="ada@land.example", language=Language.ENGLISH
    )


@activity.defn(name="deliver")
async def _deliver(delivery: Delivery) -> Outcome:
    if delivery.key == "refused":
        return Outcome(state="refused", at=NOON, answer="550 no such user")
    if delivery.key == "nobody":
        return Outcome(state="no_recipient", at=NOON, attempts=0)
    if activity.info().attempt == 1:
        raise ApplicationError("not accepted yet", next_retry_delay=timedelta(milliseconds=1))
    return Outcome(state="sent", at=NOON)


@activity.defn(name="report_outcome")
async def _report_outcome(_delivery: Delivery, outcome: Outcome) -> Outcome:
    return outcome


@activity.defn(name="collect_returns")
async def _collect_returns() -> Collected:
    return Collected(noted=1, bounced=["accepted"])


@activity.defn(name="digest_readers")
async def _digest_readers(_day: DigestDay) -> list[DigestReader]:
    return [
        DigestReader(
            to_name=choice.value,
            to_email=f"{choice.value}@alliance.example",
            language=Language.ENGLISH,
            choice=choice,
        )
        for choice in (Digest.DAILY, Digest.WEEKLY)
    ]


@activity.defn(name="send_digest")
async def _send_digest(order: DigestOrder) -> str:
    return f"key of {order.reader.to_name}"


@activity.defn(name="audit_head")
async def _audit_head(at: datetime) -> Anchor | None:
    rows = (at - NOON).days
    return Anchor(at=at, sequence=rows, sha256=f"{rows:064x}", rows=rows) if rows else None


def main() -> int:
    """The command: 0 when recorded, 1 with the reason on stderr when not, 2 without a label."""
    if len(sys.argv) not in (2, 3):
        print(__doc__, file=sys.stderr)
        return 2
    try:
        asyncio.run(add_life(*sys.argv[1:]) if len(sys.argv) == 3 else record(sys.argv[1]))
    except (KeyError, FileExistsError, RuntimeError, RPCError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    result = main()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(result)  # the interpreter may abort while it unloads the SDK, which would look like a failure
