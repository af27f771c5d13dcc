"""Nobody works for thirteen months, then everything wakes at once (reliability.md, row 16).

The server's virtual time cannot pass a timer that no worker answers. So the sleep is shown as what it is for the
country: a run that begins with the state of March 2028 and gets its first moment of work in April 2029.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import pytest

from contracts.rows import Delivery
from contracts.state import CountryState, Entry
from framework.terms import Status
from rehearsal import templates
from rehearsal.stage import Stage, stage
from tests.faults import countries, on_record
from tests.faults.countries import Country

BEGAN = datetime(2028, 1, 10, 9, tzinfo=UTC)
FELL_ASLEEP = datetime(2028, 3, 15, 9, tzinfo=UTC)
WOKE = datetime(2029, 4, 20, 9, tzinfo=UTC)
NEXT_REMINDER = datetime(2029, 4, 23, 9, tzinfo=UTC)
SOON_AFTER_A_REMINDER = datetime(2029, 4, 15, 9, tzinfo=UTC)


async def _wakes(on: Stage, state: CountryState) -> Country:
    country = await countries.start(
        on.clock.client, countries.lived(countries.begun(state, BEGAN), FELL_ASLEEP)
    )
    await on.clock.settled()
    return country


def _to_the_country(on: Stage, code: str) -> list[Delivery]:
    return [mail for mail in on.letterbox.mails if mail.to_email == f"{code.lower()}@land.example"]


def _skipped(entries: list[Entry]) -> list[str]:
    (entry,) = [one for one in entries if one.kind == "reminders_skipped"]
    assert entry.values["count"] == len(entry.values["skipped"])
    return list(entry.values["skipped"])


@pytest.mark.clause("REP-07", "REV-09")
async def test_row_16_after_thirteen_months_one_mail_goes_out_and_the_year_is_closed_as_it_stood() -> None:
    async with stage(WOKE, templates.seats()) as on:
        country = await _wakes(on, countries.active("XAA"))
        (mail,) = _to_the_country(on, "XAA")
        assert mail.order.step == "annual_activities-2029-2029-04-14"
        assert mail.order.values["reminded_on"] == [], "it speaks of reminders that were never sent"
        kept = await on_record.entries(on.database, "XAA")
        closed = next(one for one in kept if one.kind == "cycle_closed")
        assert (closed.year, closed.values["report"]) == (2028, False)
        assert (await on_record.state_of(country)).cycle == 2029
        skipped = _skipped(kept)
        assert any("progress_report-2028-2028-04-30" in one for one in skipped)
        assert any("progress_report-2029-2029-03-31" in one for one in skipped)


@pytest.mark.clause("REP-07")
async def test_row_16_every_reminder_that_was_due_in_the_sleep_is_sent_or_on_record_as_skipped() -> None:
    async with stage(WOKE, templates.seats()) as on:
        await _wakes(on, countries.active("XAA"))
        kept = await on_record.entries(on.database, "XAA")
        due = [
            f"{one.task}-{one.values['on']}"
            for one in kept
            if one.kind == "reminder" and one.at > FELL_ASLEEP
        ]
        skipped = [one.split()[1] for one in _skipped(kept)]
        sent = {mail.order.step for mail in on.letterbox.mails}
        (asked,) = (one.task for one in kept if one.kind == "contacts_asked" and one.at > FELL_ASLEEP)
        (question,) = (one for one in skipped if one.startswith(asked))  # its own ladder repeats it
        skipped.remove(question)
        assert Counter(due) == Counter([*skipped, *sent])
        told = [one for one in kept if one.kind == "reminder" and one.values.get("outcome") == "skipped"]
        assert len(told) == len(skipped)


@pytest.mark.clause("REP-07")
async def test_row_16_a_reminder_of_yesterday_makes_the_older_ones_of_the_sleep_needless() -> None:
    async with stage(SOON_AFTER_A_REMINDER, templates.seats()) as on:
        await _wakes(on, countries.active("XAA"))
        assert [mail.order.step for mail in _to_the_country(on, "XAA")] == [
            "annual_activities-2029-2029-04-14"
        ]


@pytest.mark.clause("REP-07")
async def test_row_16_after_the_wake_the_ladder_goes_on_as_if_nothing_had_been() -> None:
    async with stage(WOKE, templates.seats()) as on:
        await _wakes(on, countries.active("XAA"))
        before = len(_to_the_country(on, "XAA"))
        await on.clock.advance_to(NEXT_REMINDER)
        new = _to_the_country(on, "XAA")[before:]
        assert [mail.order.step for mail in new] == ["progress_report-2029-2029-04-23"]


@pytest.mark.clause("EOI-06", "INA-01")
@pytest.mark.parametrize("status", [Status.CANDIDATE, Status.INACTIVE])
async def test_row_16_candidates_and_inactive_countries_get_one_mail_too(status: Status) -> None:
    state = countries.candidate("XAB") if status is Status.CANDIDATE else countries.inactive("XAB")
    async with stage(WOKE, templates.seats()) as on:
        country = await _wakes(on, state)
        assert len(_to_the_country(on, "XAB")) == 1
        assert (await on_record.state_of(country)).status is status
