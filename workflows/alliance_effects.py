"""What the Alliance makes happen outside of itself: directory, rows, mail, yearly documents, word to the countries."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError

from contracts.alliance import AllianceState, Compilation, Compiled, CountryAnswer, PassingOn, YearDocument
from contracts.rows import Posting, YearToArchive
from contracts.state import Touched
from framework.alliance import KINDS
from framework.records import DocumentRef
from framework.terms import Role
from workflows import alliance_year, options
from workflows.alliance_books import AllianceLedger, batch, directory, everything, let_go
from workflows.process.recipients import seats

Pen = Callable[[], AllianceLedger]
"""Gives the ledger of the present moment: effects take time, and the state moves on meanwhile."""

COMPILE_TIMEOUT = timedelta(minutes=5)
"""Start-to-close of compiling a yearly document: it reads the years of all countries."""

TELLING_TIMEOUT = timedelta(minutes=10)
"""Start-to-close of telling all countries something; it reports after each, at the latest after `TELLING_BEAT`."""

TELLING_BEAT = timedelta(minutes=1)

SOME_ATTEMPTS = RetryPolicy(
    initial_interval=timedelta(seconds=1),
    backoff_coefficient=2.0,
    maximum_interval=timedelta(minutes=1),
    maximum_attempts=8,
)
"""Then it is put aside for a while, so that nothing else has to wait behind it."""

AGAIN = timedelta(hours=1)
"""After how long something is tried again that was put aside."""

REPORTED = 2000
"""So many characters of the MWG's own words go into the mail; the report itself holds all of them."""


def waiting(state: AllianceState, now: datetime) -> bool:
    """True while something can go out now."""
    box = state.outbox
    unwritten = box.touched.tasks or box.touched.entries or box.touched.versions or box.contents
    return bool(
        box.directory or unwritten or box.mails or _due(box.compilations, now) or _due(state.passing_on, now)
    )


async def carry_out(pen: Pen) -> None:
    """Everything that can go out now, in its order: who holds which seat is known before mail goes to the seats."""
    state = pen().state
    await _write_directory(state)
    await _write_rows(state)
    await _post(state)
    for compilation in _due(state.outbox.compilations, workflow.now()):
        compilation.next_at = None
        await _compile(pen, compilation)
    for order in _due(state.passing_on, workflow.now()):
        order.next_at = None
        await _pass_on(pen, order)


async def archive(state: AllianceState) -> None:
    """Keeps the run's book as a document and lets go of what is closed; if that is refused, of nothing."""
    book = everything(state)
    year = YearToArchive(code=state.code, label=str((state.cycle or 0) - 1), batch=book)
    reference = await _run("archive_year", year, summary=f"archive {year.label}", result=DocumentRef)
    if reference is not None:
        state.archives.append(reference)
        let_go(state, book)
    state.outbox.archive_cycle = False


async def _write_directory(state: AllianceState) -> None:
    if state.outbox.directory:
        state.outbox.directory = False
        await _run("write_directory", directory(state), summary="directory of seats")


async def _write_rows(state: AllianceState) -> None:
    box = state.outbox
    touched, contents = box.touched, box.contents
    box.touched, box.contents = Touched(), []
    if touched != Touched() or contents:
        rows = batch(state, touched, contents)
        kinds = ", ".join(dict.fromkeys(entry.kind for entry in rows.entries)) or "tasks"
        await _run("write_rows", rows, summary=f"record: {kinds}"[:200])


async def _post(state: AllianceState) -> None:
    mails, state.outbox.mails = state.outbox.mails, []
    if mails:
        kinds = ", ".join(dict.fromkeys(mail.kind for mail in mails))
        await _run("post", Posting(orders=mails), summary=f"mail: {kinds}"[:200])


async def _run(name: str, argument: Any, *, summary: str, result: type | None = None) -> Any:
    """An activity, tried until it succeeds; one that is refused for good (None) is on the worker's log."""
    try:
        return await workflow.execute_activity(
            name,
            argument,
            result_type=result,
            start_to_close_timeout=options.WRITE_TIMEOUT,
            retry_policy=options.FOR_EVER,
            summary=summary,
        )
    except ActivityError as error:
        workflow.logger.error("refused for good", extra={"activity": name, "why": str(error.cause)})
        return None


async def _compile(pen: Pen, order: Compilation) -> None:
    try:
        compiled: Compiled = await workflow.execute_activity(
            f"compile_{order.kind}",
            order,
            result_type=Compiled,
            start_to_close_timeout=COMPILE_TIMEOUT,
            retry_policy=SOME_ATTEMPTS,
            summary=f"{order.kind} {order.year}",
        )
    except ActivityError as error:
        _failed(pen(), order, f"{order.kind}_not_compiled", KINDS[order.kind].clause, error)
        return
    ledger = pen()
    waiting_ones = ledger.state.outbox.compilations
    ledger.state.outbox.compilations = [one for one in waiting_ones if one != order]
    ledger.by, ledger.message, ledger.on_behalf_of = order.actor, order.message_id, order.on_behalf_of
    _enter_document(ledger, order, compiled)


def _enter_document(ledger: AllianceLedger, order: Compilation, compiled: Compiled) -> None:
    """The document is on record; a draft hangs on its task, the MWG's report goes to the GCM (REV-06)."""
    document = YearDocument(
        kind=order.kind,
        year=order.year,
        number=order.number,
        draft=order.draft,
        at=ledger.now,
        document=compiled.document,
        data=compiled.data,
    )
    ledger.state.documents.append(document)
    key = f"{order.kind}-{order.year}"
    ledger.note(
        f"{order.kind}_{'drafted' if order.draft else 'compiled'}",
        KINDS[order.kind].clause,
        task=key,
        year=order.year,
        number=order.number,
        document=compiled.document.id,
        data=compiled.data.id,
        countries=compiled.countries,
        without=compiled.without,
    )
    if order.draft and key in ledger.state.tasks:
        ledger.state.tasks[key].values["draft"] = compiled.document.id
        ledger.touch_task(key)
    elif order.kind == "mwg_report":
        _send_report(ledger, order, compiled)


def _send_report(ledger: AllianceLedger, order: Compilation, compiled: Compiled) -> None:
    ledger.mail(
        "mwg_report",
        seats(Role.GCM),
        step=f"{order.year}-{order.number}",
        year=order.year,
        number=order.number,
        text=order.text[:REPORTED],
        document=compiled.document.id,
        document_name=compiled.document.name,
        countries=compiled.countries,
        items=compiled.lines,
        points=compiled.points,
    )


async def _pass_on(pen: Pen, order: PassingOn) -> None:
    try:
        answers: list[CountryAnswer] = await workflow.execute_activity(
            "tell_countries",
            order,
            result_type=list[CountryAnswer],
            start_to_close_timeout=TELLING_TIMEOUT,
            heartbeat_timeout=TELLING_BEAT,
            retry_policy=SOME_ATTEMPTS,
            summary=f"{order.submission.kind} to countries",
        )
    except ActivityError as error:
        _failed(pen(), order, "not_passed_on", KINDS[_kind_here(order)].clause, error)
        return
    ledger = pen()
    told = [one.code for one in answers if one.answer != "unanswered"]
    order.told = [*order.told, *told]
    _enter_answers(ledger, order, answers)
    if len(told) < len(answers):
        order.next_at = ledger.now + AGAIN
    elif order.countries is None:
        order.next_at = alliance_year.next_round(ledger.now, ledger.state.policy.reminder_hour)
    else:
        ledger.state.passing_on = [one for one in ledger.state.passing_on if one is not order]


def _enter_answers(ledger: AllianceLedger, order: PassingOn, answers: Sequence[CountryAnswer]) -> None:
    """Which countries have it now, and which will not have it, and why."""
    clause, kind = KINDS[_kind_here(order)].clause, order.submission.kind
    accepted = [one.code for one in answers if one.answer == "accepted"]
    if accepted:
        ledger.note("passed_on", clause, what=kind, of_entry=order.entry, countries=accepted)
    for one in (each for each in answers if each.answer in {"refused", "gone"}):
        reasons = [finding.key for finding in one.reasons]
        ledger.note(
            "not_passed_on",
            clause,
            what=kind,
            of_entry=order.entry,
            country=one.code,
            answer=one.answer,
            reasons=reasons,
        )


def _kind_here(order: PassingOn) -> str:
    return "alliance_policy_change" if order.submission.kind == "policy_change" else "alliance_event"


def _failed(
    ledger: AllianceLedger, order: Compilation | PassingOn, kind: str, clause: str, error: ActivityError
) -> None:
    """Put on record once; it is tried again and again all the same."""
    if order.failures == 0:
        ledger.note(kind, clause, why=str(error.cause or error)[:300])
    order.failures += 1
    order.next_at = ledger.now + AGAIN


def _due(orders: Sequence[Any], now: datetime) -> list[Any]:
    return [one for one in orders if one.next_at is None or one.next_at <= now]
