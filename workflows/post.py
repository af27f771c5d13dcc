"""What a country makes happen outside of itself: rows, documents, messages, child workflows, notes to them."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from temporalio import workflow
from temporalio.common import SearchAttributePair, TypedSearchAttributes
from temporalio.exceptions import (
    ActivityError,
    ApplicationError,
    ChildWorkflowError,
    FailureError,
    WorkflowAlreadyStartedError,
)

from contracts.names import CODE_ATTRIBUTE
from contracts.rows import Batch, Posting, YearToArchive
from contracts.state import ChildNote, ChildOrder, Content, CountryState, MailOrder, Touched
from framework.records import DocumentRef
from framework.terms import OPEN_TASK_STATES
from workflows import options
from workflows.process import decided, view

KEPT_ITEMS = 5
"""Closed items of the GCM that a country goes on showing: those of the last year or two."""


def waiting(state: CountryState) -> bool:
    """True while something has not gone out yet."""
    box = state.outbox
    touched = box.touched
    return bool(
        touched.country
        or touched.tasks
        or touched.entries
        or box.contents
        or box.mails
        or box.notes
        or box.children
    )


async def write_and_post(state: CountryState, *, together: bool, at_once: bool) -> list[str]:
    """Writes what has changed to the read model, then hands messages to the post. Tried until it succeeds.

    `together`: both by one activity, where there is both. `at_once`: see `_effect`. Returns the rows that the database
    refused for good: nothing waits for those.
    """
    box = state.outbox
    touched, contents, mails = box.touched, box.contents, box.mails
    box.touched, box.contents, box.mails = Touched(), [], []
    *early, contents = _portions(contents)
    batches = [Batch(code=state.code, revision=state.revision, contents=portion) for portion in early]
    batches += [view.batch(state, touched, contents)] if touched != Touched() else []
    last = batches.pop() if together and batches and mails else None
    refused = [row for batch in batches for row in await _write(batch, at_once=at_once)]
    if last is not None:
        return refused + await _write_with_mail(last, mails, at_once=at_once)
    if mails:
        await _post(mails, at_once=at_once)
    return refused


async def archive(state: CountryState, label: str) -> None:
    """Keeps the run's book as a document and lets go of what is closed; what arrived meanwhile stays."""
    book, answered = view.everything(state), len(state.decisions)
    reference = await workflow.execute_activity(
        "archive_year",
        YearToArchive(code=state.code, label=label, batch=book),
        result_type=DocumentRef,
        start_to_close_timeout=options.WRITE_TIMEOUT,
        retry_policy=options.FOR_EVER,
        summary=f"archive {label}",
    )
    state.archives.append(reference)
    let_go(state, book)
    decided.retire(state, answered)
    state.outbox.archive_cycle = False


def let_go(state: CountryState, book: Batch) -> None:
    """Drops from the state what the archived book holds and nothing later needs."""
    last = max((entry.number for entry in book.entries), default=0)
    first = min((entry.number for entry in book.entries), default=0)
    pending = state.outbox.touched
    state.entries = [entry for entry in state.entries if entry.number > last]
    state.versions = [version for version in state.versions if version.entry > last]
    archived = {task.key: task for task in book.tasks}
    state.tasks = {
        key: task
        for key, task in state.tasks.items()
        if task.state in OPEN_TASK_STATES or task != archived.get(key) or key in pending.tasks
    }
    state.comments = [one for one in state.comments if one.answered_at is None and not one.withdrawn]
    drop_closed_items(state, book)
    state.undo = {number: undo for number, undo in state.undo.items() if int(number) >= first}
    state.corrected_entries = [number for number in state.corrected_entries if number >= first]


def drop_closed_items(state: CountryState, book: Batch) -> None:
    """Lets go of the GCM's items that are closed in an archived book, but for the last few that people still look up.

    A process that ends writes no row any more: its last items stay where they are.
    """
    archived = [item for item in book.country.items if item.closed_at][:-KEPT_ITEMS] if book.country else []
    kept = [item for item in state.items if item not in archived]
    if len(kept) < len(state.items) and not state.ended:
        state.items = kept
        state.revision += 1
        state.outbox.touched.country = True


async def start_children(state: CountryState) -> bool:
    """Starts the child workflows that were ordered. True if there were any: the run then continues as new."""
    orders, state.outbox.children = state.outbox.children, []
    for order in orders:
        await _start(state.code, order)
    return bool(orders)


async def tell_children(notes: list[ChildNote]) -> list[str]:
    """Tells child workflows what concerns them. Returns the ids of those that are gone."""
    gone = []
    for note in notes:
        handle = workflow.get_external_workflow_handle(note.id)
        try:
            await handle.signal(note.name, note.content)
        except FailureError:
            gone.append(note.id)
    return gone


def _portions(contents: list[Content]) -> list[list[Content]]:
    """Contents in portions that a batch can carry: the last goes with the rows, the others before them."""
    portions, size = [list[Content]()], 0
    for content in contents:
        size += len(content.model_dump_json())
        if portions[-1] and size > options.PORTION:
            portions.append([])
            size = len(content.model_dump_json())
        portions[-1].append(content)
    return portions


async def _write(batch: Batch, *, at_once: bool) -> list[str]:
    try:
        refused = await _effect("write_rows", [batch], _what(batch), options.WRITE_TIMEOUT, at_once=at_once)
    except FailureError as error:
        _log_refused(batch, error)
        return []
    return list(refused or [])


async def _write_with_mail(batch: Batch, mails: list[MailOrder], *, at_once: bool) -> list[str]:
    """One activity instead of two: half the events and workflow tasks of a step."""
    both, summary = [batch, Posting(orders=mails)], f"{_what(batch)} · {_to_post(mails)}"
    try:
        refused = await _effect("write_and_post", both, summary, options.WRITE_TIMEOUT, at_once=at_once)
    except FailureError as error:
        _log_refused(batch, error)
        await _post(mails, at_once=at_once)  # what became of the rows does not keep the mail
        return []
    return list(refused or [])


async def _post(mails: list[MailOrder], *, at_once: bool) -> None:
    orders = [Posting(orders=mails)]
    await _effect("post", orders, _to_post(mails), options.POST_TIMEOUT, at_once=at_once)


async def _effect(
    name: str, arguments: Sequence[Any], summary: str, patience: timedelta, *, at_once: bool
) -> Any:
    """An effect of a step, tried until it succeeds, for `patience` each time. Raises FailureError where it is refused
    for good.

    `at_once`: tried once within the workflow task that asks for it, which spares the server an activity and another
    workflow task; where that does not succeed soon, it becomes an activity like any other.
    """
    if at_once:
        try:
            return await workflow.execute_local_activity(
                name,
                args=arguments,
                schedule_to_close_timeout=options.AT_ONCE,
                retry_policy=options.ONCE,
                summary=summary,
            )
        except FailureError as error:
            # The SDK raises what the activity raised, where it wraps that of other activities.
            why = error.cause if isinstance(error, ActivityError) else error
            if isinstance(why, ApplicationError) and why.non_retryable:
                raise
    return await workflow.execute_activity(
        name,
        args=arguments,
        start_to_close_timeout=patience,
        retry_policy=options.FOR_EVER,
        summary=summary,
    )


def _log_refused(batch: Batch, error: FailureError) -> None:
    why = error.cause or error
    workflow.logger.error("rows were refused for good", extra={"code": batch.code, "why": str(why)})


def _to_post(mails: list[MailOrder]) -> str:
    return f"mail: {', '.join(dict.fromkeys(mail.kind for mail in mails))}"[:195]


def _what(batch: Batch) -> str:
    kinds = ", ".join(dict.fromkeys(entry.kind for entry in batch.entries)) or "row"
    return f"record: {kinds}"[:195]


async def _start(code: str, order: ChildOrder) -> None:
    try:
        await workflow.start_child_workflow(
            order.workflow,
            args=[order.input],
            id=order.id,
            parent_close_policy=workflow.ParentClosePolicy.ABANDON,
            search_attributes=TypedSearchAttributes([SearchAttributePair(CODE_ATTRIBUTE, code)]),
            static_summary=f"{order.input.get('name', code)}: {order.workflow} {order.input.get('number', '')}",
        )
    except (WorkflowAlreadyStartedError, ChildWorkflowError):
        workflow.logger.warning("child runs already", extra={"id": order.id})
