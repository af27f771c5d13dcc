"""A year of a pathfinder country, message by message: what is due goes out, to whom it must, and nothing else does."""

from __future__ import annotations

from dataclasses import dataclass, field

from contracts.rows import Delivery
from correspondence.facts import Site
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
    "chair@gcm.example": "GCM",
    "xyz@gcm.example": "GCM",
}


@dataclass(frozen=True)
class Year:
    """One way in which a year can go: what is handed in when, and the messages that it means."""

    events: dict[str, str]
    mails: str
    language: Language = Language.ENGLISH
    more: list[str] = field(default_factory=list)

    def scenario(self) -> str:
        """The year as a scenario."""
        lines = [
            f"scenario: A year of mail in {self.language.value}",
            f"start: {{on: {YEAR}-01-02, import: {{language: {self.language.value}, "
            f"focal_point: {{language: {self.language.value}, time_zone: America/Lima}}}}}}",
            "events:",
        ]
        lines += [f"  - {{on: {YEAR}-{day}, {what}}}" for day, what in sorted(self.events.items())]
        return "\n".join([*lines, f"  - {{on: {YEAR}-12-30, expect: {{ended: false}}}}", ""])


async def traffic(year: Year) -> list[Delivery]:
    """All messages of a year, played on the real server."""
    played = await play(read_script(year.scenario()))
    assert differences(played) == []
    assert [one for one in played.answers if one.answer == "refused"] == []
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
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    return sorted(
        f"{what.strip()} > {whom.strip()}"
        for what, _, people in (line.partition(">") for line in lines)
        for whom in people.split(",")
    )


UNTIL_THE_REPORT = f"""
    01-31 reminder progress_report-{YEAR} > focal point
"""
