"""What stands in a form before anything was typed: the last version, last year's answers, the comments to answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from api.deps import Parts
from api.drafts import Desk
from api.examining import Look
from api.pages.forms.describing import Form
from api.pages.forms.reading import Tree, as_typed, says
from contracts.record import Comment
from contracts.rows import CountryRow
from framework.records import MailPreferences
from framework.terms import Confidentiality, SupportState
from storage.engine import Database
from storage.reading_history import StoredVersion, comments, version, versions


@dataclass(frozen=True, kw_only=True)
class Beginning:
    """`tree`: what stands there at first. `carried`: an earlier year's, by field, that wait to be confirmed.

    `comments`: to be answered, by number.
    """

    tree: Tree = field(default_factory=dict)
    carried: Tree = field(default_factory=dict)
    comments: Mapping[int, Comment] = field(default_factory=dict)


async def beginning(parts: Parts, desk: Desk, form: Form, row: CountryRow, look: Look) -> Beginning:
    """What stands in a form of this country and year at first."""
    database, fields = parts.database, tuple(form.fields())
    own = await _newest(database, desk.code, form.kind, desk.year)
    open_ones = await _open_comments(database, desk, form)
    tree, carried = as_typed(fields, _defaults(form, row, look, parts.now().year)), {}
    if own is not None and own.body and form.kind not in {"final_report", "comment_answers"}:
        tree = as_typed(fields, own.body)
        old = not desk.year and own.version.at.year < parts.now().year
        carried = {name: tree[name] for name in form.carried if old and says(tree.get(name))}
    elif form.carried and desk.year:
        before = await _newest(database, desk.code, form.kind, desk.year - 1)
        earlier = as_typed(fields, before.body) if before and before.body else {}
        carried = {name: earlier[name] for name in form.carried if earlier.get(name)}
    if form.kind == "final_report" and desk.year:
        report = await _newest(database, desk.code, "progress_report", desk.year)
        tree = as_typed(fields, {"report": report.body if report else None}) | {"report_given": ""}
    if open_ones:
        tree["answers"] = [{"number": str(one), "addressed": "", "text": ""} for one in open_ones]
    return Beginning(tree=tree | carried, carried=carried, comments=open_ones)


async def _newest(database: Database, code: str, kind: str, year: int | None) -> StoredVersion | None:
    known = await versions(database, code, kind=kind, year=year or 0)
    return await version(database, code, kind, known[-1].number, year) if known else None


async def _open_comments(database: Database, desk: Desk, form: Form) -> dict[int, Comment]:
    about = {"comment_answers": "roadmap", "final_report": f"report-{desk.year}"}.get(form.kind)
    found = await comments(database, desk.code, about=about) if about else []
    return {one.number: one for one in found if not one.withdrawn and one.answered_at is None}


def _defaults(form: Form, row: CountryRow, look: Look, this_year: int) -> dict[str, Any]:
    match form.kind:
        case "evidence":
            return {"year": str(this_year), "confidentiality": Confidentiality.REVIEWERS}
        case "support_action":
            return {"state": SupportState.PLANNED}
        case "progress_report":
            return {"progress": [{"priority": one} for one in look.known("priorities")]}
        case "extension":
            return {"granted": True}
        case "mail_preferences":
            return vars(_preferences(row))
        case _:
            return {}


def _preferences(row: CountryRow) -> MailPreferences:
    return MailPreferences(
        language=row.focal_point.language,
        time_zone=row.focal_point.time_zone,
        copy_deputies=row.copy_deputies,
        second_email=row.focal_point.second_email,
    )
