"""Completeness of what is said about an item of the GCM (PLN-09, DIA-06, REA-05)."""

from framework.consensus import POSITIONS
from framework.decision_kinds import STATUSES
from framework.findings import Findings, problem, together
from framework.items import SETTLES, shortest_silence
from framework.obligations.context import Context, given, listed, unless
from framework.records import GcmItem, GcmItemEnd, GcmPosition
from framework.terms import DecisionKind

CLAUSE = "PLN-09"
SAYING_SOMETHING = ("comment", "object")
"""Positions that are nothing without words."""


def gcm_item(record: GcmItem, context: Context) -> Findings:
    """What is to be decided, possible for this country, with a text or a paper."""
    papers = given(record.text) or record.documents
    return together(
        [
            _decides(record, context),
            unless(papers, problem("item.text.missing", "text", CLAUSE)),
            _silence(record, context),
        ]
    )


def _decides(record: GcmItem, context: Context) -> Findings:
    kind, possible = record.decides, tuple(dict.fromkeys(SETTLES.values()))
    if kind not in possible:
        allowed = listed(one.value for one in possible)
        return problem("item.decides.missing", "decides", CLAUSE, allowed=allowed)
    if context.status not in STATUSES[kind]:
        return problem(
            "item.status.wrong", "decides", CLAUSE, decision_kind=kind.value, status=context.status.value
        )
    if kind is DecisionKind.ANNUAL_STATUS and record.year not in context.cycle_years:
        years = listed(context.cycle_years) or "-"
        return problem("item.year.not_open", "year", "REV-07", year=record.year or "-", open=years)
    return Findings()


def _silence(record: GcmItem, context: Context) -> Findings:
    """A silence procedure is a setting, off by default; its last day leaves everybody time to object."""
    if record.silence_until is None:
        return Findings()
    if not context.policy.silence_procedure:
        return problem("item.silence.off", "silence_until", CLAUSE)
    earliest = shortest_silence(context.today, context.policy)
    short = problem(
        "item.silence.too_short",
        "silence_until",
        CLAUSE,
        date=record.silence_until,
        earliest=earliest,
        days=context.policy.silence_days,
    )
    return unless(record.silence_until >= earliest, short)


def gcm_position(record: GcmPosition, context: Context) -> Findings:
    """An item, a seat, one of the four positions; a comment and an objection say what and why."""
    wordless = record.position in SAYING_SOMETHING and not given(record.reason)
    return together(
        [
            unless(given(record.item), problem("item.missing", "item", CLAUSE)),
            unless(given(record.seat), problem("item.position.seat_missing", "seat", CLAUSE)),
            unless(
                record.position in POSITIONS,
                problem("item.position.missing", "position", CLAUSE, allowed=listed(POSITIONS)),
            ),
            unless(
                not wordless,
                problem("item.position.reason_missing", "reason", CLAUSE, position=record.position),
            ),
        ]
    )


def gcm_item_end(record: GcmItemEnd, context: Context) -> Findings:
    """An item, and why it is not decided."""
    return unless(given(record.item), problem("item.missing", "item", CLAUSE)) + unless(
        given(record.reason), problem("item.end.reason_missing", "reason", CLAUSE)
    )
