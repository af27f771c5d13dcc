"""The columns of a portfolio, as docs/portfolio.md lists them: a country's row, and its year rows."""

from collections.abc import Iterable

from framework.terms import Category, EvidenceAbout
from portfolio.country_columns import DIALOGUE, IDENTITY, PEOPLE, PLANNING
from portfolio.forms import Column, Form, Kind

YEARS = (
    Column(
        "year",
        Form.YEAR,
        "Makes the row a year row: the reporting cycle of that year",
        "2025",
        kind=Kind.YEAR,
        needed="every year in which a report was due",
    ),
    Column(
        "extended_to",
        Form.DAY,
        "New due date, where an extension was granted (REP-02)",
        "2025-05-31",
        kind=Kind.YEAR,
    ),
    Column("extended_because", Form.TEXT, "Reason of the extension", "Change of government", kind=Kind.YEAR),
    Column(
        "report_on",
        Form.DAY,
        "When the progress report came; blank: it did not",
        "2025-04-22",
        kind=Kind.YEAR,
    ),
    Column(
        "indicators_on",
        Form.DAY,
        "When the updated indicator framework came; blank: it did not",
        "2025-04-22",
        kind=Kind.YEAR,
    ),
    Column(
        "comments_on", Form.DAY, "When the MWG's comments were sent (REP-08)", "2025-05-28", kind=Kind.YEAR
    ),
    Column("comments_made", Form.NUMBER, "How many comments these were", "4", kind=Kind.YEAR, default="0"),
    Column(
        "final_on",
        Form.DAY,
        "When the final report came; blank: it did not (REP-09)",
        "2025-06-18",
        kind=Kind.YEAR,
    ),
    Column("judged_on", Form.DAY, "When the MWG reviewed the year (REV-01)", "2025-09-20", kind=Kind.YEAR),
    Column(
        "progress_presented",
        Form.YES_NO,
        "Judgement: evidence of progress was presented (REV-12)",
        "yes",
        kind=Kind.YEAR,
        default="not judged",
    ),
    Column(
        "collaboration_presented",
        Form.YES_NO,
        "Judgement: evidence of collaboration was presented (REV-13)",
        "yes",
        kind=Kind.YEAR,
        default="not judged",
    ),
    Column(
        "commitments_met",
        Form.YES_NO,
        "Judgement: commitments met (REV-08)",
        "yes",
        kind=Kind.YEAR,
        default="not judged",
    ),
    Column(
        "active_in_community",
        Form.YES_NO,
        "Judgement: takes part in the community (REV-08)",
        "yes",
        kind=Kind.YEAR,
        default="not judged",
    ),
    Column(
        "reporting_met",
        Form.YES_NO,
        "Judgement: monitoring and reporting requirements met (REV-08)",
        "yes",
        kind=Kind.YEAR,
        default="not judged",
    ),
    Column(
        "evidence",
        Form.EVIDENCE,
        "Evidence on record for the year (REV-03)",
        "progress: Survey of farms | collaboration: Joint inspections",
        kind=Kind.YEAR,
        choices=tuple(EvidenceAbout),
    ),
    Column(
        "participation",
        Form.PARTICIPATION,
        "Consultations of the year by category (REV-04)",
        "employers: 2 | workers: 2",
        kind=Kind.YEAR,
        choices=tuple(Category),
    ),
    Column(
        "raise_flag_because",
        Form.TEXT,
        "Reason for which the MWG raised a flag of mixed lapses (REV-14)",
        "Two years with lapses",
        kind=Kind.YEAR,
    ),
    Column(
        "status_decided_on",
        Form.DAY,
        "Date of the GCM's annual update on the status (REV-07)",
        "2025-11-19",
        kind=Kind.YEAR,
    ),
    Column(
        "status_outcome",
        Form.CHOICE,
        "What that update said",
        "active",
        kind=Kind.YEAR,
        choices=("active", "commitments_not_met"),
    ),
)

COLUMNS = IDENTITY + PEOPLE + PLANNING + DIALOGUE + YEARS
BY_NAME = {column.name: column for column in COLUMNS}
NEEDED = ("code", "name", "status", "year")
"""Columns without which a file is no portfolio."""

CODE = "code"
YEAR = "year"
IN_BOTH = ("code", "name")
"""What both kinds of row carry."""


def table(columns: Iterable[Column]) -> str:
    """The columns as a table in Markdown, for docs/portfolio.md."""
    lines = ["| column | what | written as | needed | if blank | example |", "|---|---|---|---|---|---|"]
    for column in columns:
        words = f": {', '.join(f'`{choice}`' for choice in column.choices)}" if column.choices else ""
        cells = (f"`{column.name}`", column.about, column.form + words, column.needed, column.default)
        lines.append(f"| {' | '.join(map(_escaped, cells))} | `{_escaped(column.example)}` |")
    return "\n".join(lines) + "\n"


def _escaped(cell: str) -> str:
    return cell.replace("|", "\\|")
