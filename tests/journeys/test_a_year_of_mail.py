"""A year of a pathfinder country, message by message: what is due goes out, to whom it must, and nothing else does."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from contracts.names import address_digest
from contracts.rows import Delivery
from correspondence.dates import written
from correspondence.facts import Site
from correspondence.rendering import rendered
from framework.terms import Language
from rehearsal.playing import play
from rehearsal.script import read_script
from tests.journeys.lives import differences

SITE = Site("https://pathfinder.example", "secretariat@alliance.example")
YEAR = 2028
PEOPLE = {
    "mara.velt@labour.example": "focal point",
    "noor.basri@labour.example": "successor",
    "deniz.aru@labour.example": "deputy",
    "minister@labour.example": "ministry",
    "sira.molnar@secretariat.example": "Secretariat",
    "ravi.okoye@mwg.example": "MWG",
}
ANSWERED = "with: {answers: [{number: 1, addressed: true, text: Named}]}"
APPROVED = "submit: letter_approval, with: {number: A8.7/XAA/2028/1}"

QUIET = {
    "03-01": "submit: annual_activities",
    "04-22 14:00": "submit: progress_report",
    "04-22 15:00": "submit: indicator_framework",
    "05-20": "submit: mwg_comments, with: {comments: [Name the sources]}",
    "06-10": f"submit: final_report, {ANSWERED}",
    "09-15": "submit: yearly_review",
    "09-16": APPROVED,
    "11-10": "decide: annual_status",
    "11-12": "submit: status_letter",
}
"""A year in which everything comes in time: the report eight days before its deadline."""

BEFORE = f"""
    01-31 reminder progress_report-{YEAR} > focal point
    03-01 report_received - > focal point
    03-31 reminder progress_report-{YEAR} > focal point
"""
LAST_WEEK_AND_AFTER = f"""
    04-23 reminder progress_report-{YEAR} > focal point
    04-29 reminder progress_report-{YEAR} > focal point
    04-30 reminder progress_report-{YEAR} > focal point
    05-14 reminder progress_report-{YEAR} > focal point
"""
REVIEW = """
    09-15 guidance - > focal point
    09-16 letter - > focal point, deputy, ministry
    11-12 status_letter - > focal point, deputy, ministry
"""
IN_TIME = f"""
    04-22 report_received - > focal point
    04-22 report_received - > focal point
    04-22 task_opened mwg_comments-{YEAR} > MWG
    05-20 comments_sent final_report-{YEAR} > focal point
    06-10 report_published - > focal point, Secretariat
"""


CAME_BACK = (
    f"XAA-{YEAR}-reminder-progress_report-{YEAR}-{YEAR}-03-31-{address_digest('mara.velt@labour.example')}"
)
HANDOVER = {
    "04-06": f"signal: mail_failed, payload: {{key: {CAME_BACK}, kind: reminder, state: bounced,"
    f" task: progress_report-{YEAR}, role: focal_point}}",
    "04-08": "submit: successor_named, called: named, with: {successor: {language: es, time_zone: America/Lima}}",
    "04-10": "submit: successor_accepted, by: {role: focal_point, name: Noor Basri},"
    ' with: {handover: "handover-${entry:named}"}',
}


def without(*days: str) -> dict[str, str]:
    """The quiet year without what happens on some days."""
    return {day: what for day, what in QUIET.items() if not day.startswith(days)}


@dataclass(frozen=True)
class Year:
    """One way in which a year can go: what is handed in when, and the messages that it means."""

    events: dict[str, str]
    mails: str
    language: Language = Language.ENGLISH

    def scenario(self) -> str:
        """The year as a scenario."""
        tongue = self.language.value
        lines = [
            f"scenario: A year of mail in {tongue}",
            f"start: {{on: {YEAR}-01-02, import: {{language: {tongue}, "
            f"focal_point: {{language: {tongue}, time_zone: America/Lima}}}}}}",
            "events:",
        ]
        lines += [f"  - {{on: {YEAR}-{day}, {what}}}" for day, what in sorted(self.events.items())]
        return "\n".join([*lines, f"  - {{on: {YEAR}-12-30, expect: {{ended: false}}}}", ""])


YEARS = {
    "quiet, in English": Year(QUIET, BEFORE + IN_TIME + REVIEW),
    "quiet, in French": Year(QUIET, BEFORE + IN_TIME + REVIEW, Language.FRENCH),
    "quiet, in Spanish": Year(QUIET, BEFORE + IN_TIME + REVIEW, Language.SPANISH),
    "the report twenty days late": Year(
        without("04", "05", "06")
        | {
            "05-20 14:00": "submit: progress_report",
            "05-20 15:00": "submit: indicator_framework",
            "06-01": "submit: mwg_comments, with: {comments: [Name the sources]}",
            "06-10": f"submit: final_report, {ANSWERED}",
        },
        BEFORE
        + LAST_WEEK_AND_AFTER
        + f"""
    05-20 report_received - > focal point
    05-20 report_received - > focal point
    05-20 task_opened mwg_comments-{YEAR} > MWG
    05-31 reminder mwg_comments-{YEAR} > MWG
    06-01 comments_sent final_report-{YEAR} > focal point
    06-10 report_published - > focal point, Secretariat
"""
        + REVIEW,
        Language.FRENCH,
    ),
    "no report at all": Year(
        without("04", "05", "06"),
        BEFORE
        + LAST_WEEK_AND_AFTER
        + f"""
    06-14 escalation progress_report-{YEAR} > focal point, deputy, ministry, Secretariat
"""
        + REVIEW,
        Language.SPANISH,
    ),
    "the deadline extended to 31 May": Year(
        without("04", "05", "06", "09-16")
        | {
            "04-10": "submit: extension_request",
            "04-12": "submit: extension",
            "04-13": APPROVED,
            "05-25 14:00": "submit: progress_report",
            "05-25 15:00": "submit: indicator_framework",
            "06-01": "submit: mwg_comments, with: {comments: [Name the sources]}",
            "06-10": f"submit: final_report, {ANSWERED}",
            "09-16": APPROVED.replace("/1}", "/2}"),
        },
        BEFORE
        + f"""
    04-10 extension_requested extension-progress_report-{YEAR} > Secretariat
    04-12 extension_granted progress_report-{YEAR} > focal point
    04-13 letter - > focal point, deputy, ministry
    05-01 reminder progress_report-{YEAR} > focal point
    05-24 reminder progress_report-{YEAR} > focal point
    05-25 report_received - > focal point
    05-25 report_received - > focal point
    05-25 task_opened mwg_comments-{YEAR} > MWG
    06-01 comments_sent final_report-{YEAR} > focal point
    06-10 report_published - > focal point, Secretariat
"""
        + REVIEW,
    ),
    "the mandate handed over twenty days before, mail to the predecessor comes back": Year(
        QUIET | HANDOVER,
        BEFORE
        + """
    04-08 successor_named - > focal point, successor
    04-10 handed_over - > focal point, successor, Secretariat
    04-10 caught_up - > successor
"""
        + (IN_TIME + REVIEW).replace("focal point", "successor"),
        Language.SPANISH,
    ),
    "the focal point replaced twenty days before": Year(
        QUIET | {"04-10": "submit: contact_change"},
        BEFORE
        + """
    04-10 contact_changed - > focal point, successor, Secretariat
"""
        + (IN_TIME + REVIEW).replace("focal point", "successor"),
        Language.FRENCH,
    ),
}


async def traffic(year: Year) -> list[Delivery]:
    """All messages of a year, played on the real server."""
    played = await play(read_script(year.scenario()))
    assert differences(played) == []
    assert played.seen is not None
    return played.seen.mails


def listed(mails: list[Delivery]) -> list[str]:
    """Each message as a line: day, kind, task, to whom."""
    return sorted(
        f"{mail.order.made_at:%m-%d} {mail.order.kind} {mail.order.task or '-'} > {PEOPLE[mail.to_email]}"
        for mail in mails
    )


def expected(text: str) -> list[str]:
    """The lines of a list; `a, b` behind the arrow is a line for each."""
    parts = [line.partition(">") for line in text.splitlines() if line.strip()]
    return sorted(
        f"{what.strip()} > {whom.strip()}" for what, _, people in parts for whom in people.split(",")
    )


@pytest.mark.clause("REP-01", "REP-07", "REP-09", "EOI-03")
@pytest.mark.parametrize("year", YEARS.values(), ids=list(YEARS))
async def test_a_year_brings_the_messages_that_it_must_and_no_other(year: Year) -> None:
    mails = await traffic(year)
    assert listed(mails) == expected(year.mails)
    for mail in mails:
        said = rendered(mail, SITE, mail.order.made_at)
        assert f'<html lang="{mail.language.value}"' in said.html
        if due := mail.order.values.get("due_on"):
            assert written(due, mail.language) in said.text
    country = {mail.language for mail in mails if PEOPLE[mail.to_email] in ("focal point", "ministry")}
    assert country == {year.language}
    assert len({mail.key for mail in mails}) == len(mails)
