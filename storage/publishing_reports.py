"""Final reports out of what was handed in: the last final version of each year, in words that the world may read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from storage.publishing import PublicProgress, PublicReport

TEXTS = ("body_consulted", "worked_well", "obstacles", "participation", "support_needed", "experience_wanted")


@dataclass(frozen=True, kw_only=True)
class Handed:
    """A version of something handed in with its content; `entry` is its place in the timeline."""

    kind: str
    year: int
    number: int
    entry: int
    on: date
    body: Mapping[str, Any]

    @classmethod
    def of(cls, content: Mapping[str, Any], body: Mapping[str, Any]) -> "Handed":
        """A row of the versions' table."""
        return cls(
            kind=content["kind"],
            year=content.get("year") or 0,
            number=content["number"],
            entry=content["entry"],
            on=datetime.fromisoformat(content["at"]).date(),
            body=body,
        )


def titles_of(handed: list[Handed]) -> dict[str, str]:
    """The titles of priorities by the keys with which reports and activities name them, as last written."""
    return {
        one["key"]: one["title"]
        for each in handed
        if each.kind in ("roadmap", "nap_submission")
        for one in each.body.get("priorities") or []
        if one.get("title")
    }


def reports_of(handed: list[Handed]) -> list[PublicReport]:
    """The final reports by year, oldest first. `handed` in the order in which it came, without what was taken back."""
    finals = {one.year: one for one in handed if one.kind == "final_report"}
    titles = titles_of(handed)
    found = ((final, _text(final, handed)) for _, final in sorted(finals.items()))
    return [_report(final, text, titles) for final, text in found if text]


def _text(final: Handed, handed: list[Handed]) -> Mapping[str, Any] | None:
    """REP-09: a final version without a report of its own leaves the report as it was when it came."""
    if final.body.get("report"):
        revised: Mapping[str, Any] = final.body["report"]
        return revised
    before = [
        one.body
        for one in handed
        if one.kind == "progress_report" and one.year == final.year and one.entry < final.entry
    ]
    return before[-1] if before else None


def _report(final: Handed, text: Mapping[str, Any], titles: Mapping[str, str]) -> PublicReport:
    progress = [
        PublicProgress(
            priority=titles.get(one["priority"], one["priority"]), state=one["state"], text=one["text"]
        )
        for one in text.get("progress") or []
    ]
    steps = [{"text": one["text"], "by": one.get("by")} for one in text.get("next_steps") or []]
    return PublicReport.model_validate(
        {
            "year": final.year,
            "version": final.number,
            "on": final.on,
            "progress": progress,
            "next_steps": steps,
            **{name: text.get(name) or "" for name in TEXTS},
        }
    )
