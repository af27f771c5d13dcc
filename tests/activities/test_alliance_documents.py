"""The digest and the MWG's report, compiled from a read model as the countries' processes write it."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any, cast

import pytest
from temporalio.client import Client
from temporalio.testing import ActivityEnvironment

from activities import markdown
from activities.alliance import REPORTS, AllianceActivities
from contracts.alliance import Compilation, Compiled
from contracts.state import Content, CountryState, Flag, Version
from framework.editions import CURRENT, edition
from framework.facts import Cycle
from framework.records import SpecialCircumstances
from framework.terms import CircumstanceForm, Confidentiality, Status
from storage import uploads
from storage.canonical import sha256
from storage.contents import bodies_of, keep_contents
from storage.documents import UPLOADS, Documents
from storage.engine import Database
from storage.writing import write_batch
from workflows.process import view
from workflows.process.plain import canonical

MADE_AT = datetime(2030, 10, 1, 12, tzinfo=UTC)
REPORT = {
    "kind": "progress_report",
    "year": 2030,
    "progress": [{"priority": "child_labour", "text": "Fewer children work.", "state": "under_way"}],
    "worked_well": "Inspections <script>alert(1)</script>",
    "obstacles": "# Money",
    "next_steps": [{"key": "a", "text": "Train inspectors", "by": "2031-03-01"}],
}
REVIEW = {"kind": "yearly_review", "year": 2030, "progress_note": "Convincing.", "guidance": ["Ask workers."]}


class Record:
    """Writes countries into the read model and compiles documents from it."""

    def __init__(self, database: Database, documents: Documents) -> None:
        self.database = database
        self.documents = documents
        # Compiling asks no workflow.
        self.activities = AllianceActivities(database, documents, cast(Client, None))

    async def country(
        self,
        code: str,
        *cycles: Cycle,
        status: Status = Status.ACTIVE,
        flags: Sequence[Flag] = (),
        papers: Sequence[tuple[str, int, dict[str, Any]]] = (),
        **more: Any,
    ) -> None:
        """One country; papers are kind, entry and content, all of 2030."""
        versions, contents = [], []
        for number, (kind, entry, body) in enumerate(papers, 1):
            digest = sha256(canonical(body))
            versions.append(
                Version(kind=kind, number=number, year=2030, entry=entry, at=MADE_AT, sha256=digest)
            )
            contents.append(Content(sha256=digest, body=body))
        state = CountryState(
            edition=CURRENT,
            policy=edition(CURRENT).policy,
            code=code,
            name=f"Country of {code}",
            status=status,
            cycles=list(cycles),
            flags=list(flags),
            versions=versions,
            **more,
        )
        batch = view.everything(state).model_copy(update={"contents": contents})
        await keep_contents(self.documents, batch)
        await write_batch(self.database, batch, await bodies_of(self.documents, batch))

    async def digest(self) -> tuple[Compiled, dict[str, Any], str]:
        """The digest of 2030: what the activity answers, its data, its text."""
        order = Compilation(kind="hlpf_digest", year=2030, as_of=date(2030, 7, 1), made_at=MADE_AT)
        return await self._opened(await ActivityEnvironment().run(self.activities.compile_hlpf_digest, order))

    async def report(self, *, draft: bool = False) -> tuple[Compiled, dict[str, Any], str]:
        """The MWG's report on 2030."""
        order = Compilation(
            kind="mwg_report",
            year=2030,
            as_of=date(2030, 10, 1),
            made_at=MADE_AT,
            draft=draft,
            text="Our words.",
        )
        return await self._opened(await ActivityEnvironment().run(self.activities.compile_mwg_report, order))

    async def _opened(self, compiled: Compiled) -> tuple[Compiled, dict[str, Any], str]:
        data = await self.documents.read_json(REPORTS, compiled.data.sha256)
        text = await self.documents.get(UPLOADS, compiled.document.sha256)
        return compiled, data, text.decode()


@pytest.fixture
def record(database: Database, documents: Documents) -> Record:
    """An empty record."""
    return Record(database, documents)


@pytest.mark.clause("REP-11")
async def test_the_digest_tells_what_the_final_reports_say_and_nothing_else(record: Record) -> None:
    final = Cycle(
        year=2030, report_on=date(2030, 4, 1), report_entry=4, final_on=date(2030, 6, 1), final_entry=9
    )
    revised = {"kind": "final_report", "year": 2030, "report": {**REPORT, "worked_well": "Better words"}}
    await record.country("XAA", final, papers=[("progress_report", 4, REPORT)])
    await record.country("XAB", final, papers=[("progress_report", 4, REPORT), ("final_report", 9, revised)])
    await record.country("XAC", final)
    await record.country(
        "XAD", Cycle(year=2030, report_on=date(2030, 4, 1)), papers=[("progress_report", 4, REPORT)]
    )
    compiled, data, text = await record.digest()
    assert (compiled.countries, compiled.without) == (["XAA", "XAB", "XAC"], ["XAD"])
    told = {one["code"]: one["worked_well"] for one in data["countries"]}
    assert told == {"XAA": REPORT["worked_well"], "XAB": "Better words", "XAC": ""}
    assert [one["on_paper_only"] for one in data["countries"]] == [False, False, True]
    assert "Train inspectors (by 1 March 2031)" in text
    assert "Country of XAD" not in text
    stored = await uploads.document(record.database, compiled.document.id)
    assert stored is not None
    assert stored.confidentiality is Confidentiality.PUBLIC


@pytest.mark.clause("REP-11")
async def test_nobodys_words_become_markup_of_the_digest(record: Record) -> None:
    final = Cycle(year=2030, report_on=date(2030, 4, 1), report_entry=4, final_on=date(2030, 6, 1))
    await record.country("XAA", final, papers=[("progress_report", 4, REPORT)])
    _, _, text = await record.digest()
    assert "<" not in text
    assert "\\# Money" in text


@pytest.mark.clause("REP-11")
async def test_compiling_the_same_twice_gives_the_same_documents(record: Record) -> None:
    await record.country("XAA", Cycle(year=2030, final_on=date(2030, 6, 1)))
    assert (await record.digest())[0] == (await record.digest())[0]


@pytest.mark.clause("REV-06")
async def test_the_mwgs_report_gathers_every_countrys_review_flags_and_lapses(record: Record) -> None:
    silent = [Cycle(year=year, review_due_on=date(year, 9, 30)) for year in (2029, 2030)]
    flag = Flag(indicator="no_report", years=[2029, 2030], raised_on=date(2030, 10, 1))
    good = Cycle(
        year=2030,
        due_on=date(2030, 4, 30),
        report_on=date(2030, 5, 3),
        indicators_on=date(2030, 4, 2),
        evidence={"A confidential survey": "progress"},
        judged_on=date(2030, 9, 1),
        judged_entry=12,
        progress_presented=True,
        participation={"workers": 2},
    )
    await record.country("XAA", good, papers=[("yearly_review", 12, REVIEW)])
    await record.country("XAB", *silent, flags=[flag])
    await record.country("XAC", status=Status.INACTIVE)
    await record.country("XAD", status=Status.CANDIDATE)
    compiled, data, text = await record.report()
    assert compiled.countries == ["XAA", "XAB", "XAC"]
    assert data["statuses"] == {"active": 2, "candidate": 1, "inactive": 1}
    first, second, _ = data["countries"]
    assert (first["review"]["progress_note"], first["report"]["late"]) == ("Convincing.", True)
    assert first["participation"]["workers"] == 2
    assert first["participation"]["employers"] == 0
    assert {"no_report", "no_indicators"} <= set(second["lapses"])
    raised = next(one for one in second["explanations"] if one["indicator"] == "no_report")
    assert (raised["raised"], [one["year"] for one in raised["years"]]) == (True, [2029, 2030])
    assert compiled.lines == ["Country of XAB (XAB): no report 2029, 2030"]
    flagged = {"code": "XAB", "name": "Country of XAB", "indicator": "no_report", "years": [2029, 2030]}
    assert compiled.points == [flagged]
    assert "Our words." in text
    assert "guidance: Ask workers." in text
    assert "confidential survey" not in text + str(data)


@pytest.mark.clause("REV-06", "REV-14")
async def test_mixed_lapses_are_shown_as_a_combination_for_the_mwgs_judgement(record: Record) -> None:
    first = Cycle(
        year=2029,
        closed=True,
        indicators_on=date(2029, 4, 1),
        progress_presented=True,
        collaboration_presented=True,
    )
    second = Cycle(
        year=2030,
        report_on=date(2030, 4, 1),
        review_due_on=date(2030, 9, 30),
        progress_presented=True,
        collaboration_presented=True,
        judged_on=date(2030, 9, 1),
    )
    await record.country("XAA", first, second)
    compiled, data, text = await record.report()
    assert data["countries"][0]["combination_for_judgement"]
    assert data["countries"][0]["raised"] == []
    assert compiled.lines == ["Country of XAA (XAA): a combination of lapses, for the MWG's judgement"]
    judged = {"code": "XAA", "name": "Country of XAA", "indicator": "combination", "years": []}
    assert compiled.points == [judged]
    assert "for the MWG's judgement" in text


@pytest.mark.clause("REV-06", "DIA-02")
async def test_a_resting_year_is_no_lapse_and_circumstances_stand_beside_it(record: Record) -> None:
    year = Cycle(
        year=2030,
        first_due_on=date(2030, 4, 30),
        due_on=date(2030, 4, 30),
        indicators_due_on=date(2030, 6, 30),
        extended_because="Survey",
        review_due_on=date(2030, 9, 30),
    )
    flood = SpecialCircumstances(
        form=CircumstanceForm.HUMANITARIAN, starts_on=date(2030, 2, 1), note="A flood", pauses_dialogue=True
    )
    await record.country("XAA", year, paused_on=date(2030, 3, 1), circumstances=[flood])
    _, data, text = await record.report()
    (one,) = data["countries"]
    assert (one["paused"], one["lapses"], one["raised"]) == (True, [], [])
    assert "Special circumstances (humanitarian), since 1 February 2030: A flood" in text
    assert "Deadline of the indicators: 30 June 2030: Survey" in text
    assert "Deadline extended" not in text


@pytest.mark.clause("REV-06")
async def test_a_draft_is_for_reviewers_and_says_that_it_is_one(record: Record) -> None:
    await record.country("XAA")
    compiled, _, text = await record.report(draft=True)
    assert "(draft)" in text
    assert compiled.document.name == "mwg-report-2030-draft.md"
    stored = await uploads.document(record.database, compiled.document.id)
    assert stored is not None
    assert stored.confidentiality is Confidentiality.REVIEWERS


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("1. First", "\\1. First"),
        ("a|b", "a\\|b"),
        ("line\r\nline\x07", "line\nline"),
        (None, ""),
        ("  - item", "\\- item"),
    ],
)
def test_words_from_outside_are_shown_as_they_were_meant(said: str | None, shown: str) -> None:
    assert markdown.words(said) == shown
