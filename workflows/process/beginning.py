"""How a country's record begins: with an expression of interest (EOI-02 to EOI-04), or from a history on paper."""

from dataclasses import replace
from datetime import date

from contracts.names import alliance_id
from contracts.starting import ImportedCountry, Registration
from contracts.state import ChildNote
from framework.facts import Candidacy
from framework.obligations import check
from framework.records import ExpressionOfInterest
from framework.terms import LetterKind, Role, Status
from workflows.process import (
    candidacy,
    comments,
    dialogue,
    examining,
    letters,
    reporting,
    restoring,
    review,
    standing,
)
from workflows.process.ledger import Ledger
from workflows.process.recipients import focal_point, seats


def begin(ledger: Ledger) -> None:
    """Writes the first entries of a country that has just started; does nothing for one that is under way."""
    state = ledger.state
    if state.started_at is not None:
        return
    state.started_at = ledger.now
    if state.registration is not None:
        _register(ledger, Registration.model_validate(state.registration))
        state.registration = None
    elif state.history is not None:
        _take_over(ledger, ImportedCountry.model_validate(state.history))
        state.history = None
    state.outbox.notes.append(
        ChildNote(id=alliance_id(), name="country_started", content={"code": state.code})
    )
    ledger.touch()


def _register(ledger: Ledger, registration: Registration) -> None:
    """EOI-02 to EOI-05: the letter is on record, the GCM is informed, the Secretariat is asked to reply."""
    state, expression = ledger.state, registration.expression
    ledger.by, ledger.message = registration.actor, registration.message_id
    day = registration.received_on or expression.dated or ledger.today
    if expression.focal_point is not None:
        state.focal_point = expression.focal_point
    state.deputies, state.ministry = list(expression.deputies), expression.ministry
    state.ministry_email, state.last_heard_at = expression.ministry_email, ledger.now
    state.candidacy = Candidacy(eoi_on=day, has_focal_point=expression.focal_point is not None)
    state.status_since = day
    addressee = expression.addressee.value if expression.addressee else ""
    entry = ledger.note(
        "expression_of_interest",
        "EOI-02",
        effective_on=day,
        minister=expression.minister,
        ministry=expression.ministry,
        addressee=addressee,
    )
    findings = check(expression, examining.context(state, ledger.today))
    version = ledger.keep_version(expression, entry, year=None, warnings=findings.warnings)
    ministry, dated = expression.ministry, expression.dated
    ledger.mail(
        "registered",
        focal_point(ledger.state),
        task="introduction",
        ministry=ministry,
        dated=dated,
        sha256=version.sha256,
    )
    ledger.mail("gcm_informed", seats(Role.GCM), minister=expression.minister, ministry=ministry, dated=dated)
    ledger.note("gcm_informed", "EOI-04")
    ledger.open_task("introduction", "EOI-01", Role.FOCAL_POINT)
    reply = ledger.open_task("reply_letter", "EOI-05", Role.SECRETARIAT, letter=reply_draft(expression))
    said = {"minister": expression.minister, "ministry": expression.ministry, "dated": expression.dated}
    because = letters.of_entry(entry.number)
    letters.draft(ledger, LetterKind.REPLY, because=because, task=reply.key, said=said)
    letters.draft(ledger, LetterKind.GCM_NOTICE, because=because, said=said)


def reply_draft(expression: ExpressionOfInterest) -> str:
    """The key of the drafted reply; the text is made where letters are written."""
    language = expression.focal_point.language.value if expression.focal_point else "en"
    return f"letter.reply.{language}"


def _take_over(ledger: Ledger, history: ImportedCountry) -> None:
    """A country goes on from its history: its counts of consecutive years, its next deadline."""
    state = ledger.state
    ledger.by, ledger.message = history.imported_by, f"import-{history.code}"
    state.imported, state.status = True, history.status
    state.focal_point, state.deputies = history.focal_point, list(history.deputies)
    state.ministry, state.ministry_email = history.ministry, history.ministry_email
    state.candidacy, state.priorities = history.candidacy, list(history.priorities)
    state.bodies, state.circumstances = list(history.bodies), list(history.circumstances)
    state.status_history = list(history.status_history)
    state.status_since = history.status_history[-1].on if history.status_history else history.candidacy.eoi_on
    state.dialogues = list(history.dialogues)
    _resume_comments(ledger, history)
    _resume_numbers(ledger)
    for cycle in history.cycles:
        ledger.put_cycle(replace(cycle, imported=True))
    ledger.note("imported", "", status=history.status, source=history.source, cycles=len(history.cycles))
    if state.status is Status.CANDIDATE:
        _resume_candidate(ledger)
    elif state.status is not Status.WITHDRAWN:
        _resume_cycle(ledger)
    _resume_dialogue(ledger)


def _resume_candidate(ledger: Ledger) -> None:
    state = ledger.state
    state.last_heard_at = ledger.now
    numbers = comments.unanswered(state, "roadmap")
    state.candidacy = replace(state.candidacy, unanswered_comments=numbers)
    if numbers:
        ledger.open_task("comment_answers", "PLN-08", Role.FOCAL_POINT)
    candidacy.open_candidate_tasks(ledger)
    if state.candidacy.presented_on is not None:
        ledger.open_task(
            "roadmap_decision", "PLN-09", Role.GCM, due_on=_not_past(ledger, state.candidacy.presented_on)
        )
    elif state.candidacy.roadmap_versions:
        ledger.open_task("presentation", "PLN-07", Role.SECRETARIAT)


def _resume_comments(ledger: Ledger, history: ImportedCountry) -> None:
    state = ledger.state
    state.comments = list(history.open_comments)
    for comment in state.comments:
        ledger.touch_comment(comment)
        state.comment_numbers[comment.about] = max(
            state.comment_numbers.get(comment.about, 0), comment.number
        )


def _resume_numbers(ledger: Ledger) -> None:
    """Versions go on counting from those that are on paper."""
    state = ledger.state
    if state.candidacy.roadmap_versions:
        state.version_numbers["roadmap"] = state.candidacy.roadmap_versions
    for cycle in state.cycles:
        if cycle.report_version:
            state.version_numbers[f"progress_report-{cycle.year}"] = cycle.report_version


def _resume_cycle(ledger: Ledger) -> None:
    state = ledger.state
    year = standing.year_of(ledger)
    due = standing.report_due_in(ledger, year)
    closed = [cycle for cycle in state.cycles if cycle.year < year]
    for cycle in closed:
        ledger.put_cycle(replace(cycle, closed=True))
    reporting.open_cycle(ledger, year, report_due=due)
    if due and state.status is Status.ACTIVE:
        restoring.open_what_waits(ledger)
    state.invited_year = year if state.status is Status.INACTIVE else None
    review.reconsider(ledger)


def _resume_dialogue(ledger: Ledger) -> None:
    current = dialogue.open_one(ledger)
    if current is not None:
        dialogue.start_child(ledger, current)


def _not_past(ledger: Ledger, day: date | None) -> date | None:
    return day if day is None or day >= ledger.today else None
