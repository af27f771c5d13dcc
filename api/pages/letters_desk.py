"""The letters desk: drafts that wait, their text and how they would look, approval, withdrawal, publication.

A form carries how many times the draft had been edited when it was read: nobody approves what was edited after that.
"""

from dataclasses import dataclass
from typing import Annotated, Any, Literal
from uuid import uuid4

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, Field

from access.deciding import may
from access.people import Principal
from access.table import Action
from api.deps import Code, InstalledParts, Parts, allow
from api.letters import Place, Year
from api.letters import found as found_letter
from api.letters import text as text_of
from api.pages.guard import SignedInRoute
from api.pages.handing import Errors, FormKey, hand_in
from api.pages.languages import language_of
from api.pages.shell import page
from api.problems import ProblemError, not_found
from contracts.letters import Letter
from contracts.rows import CountryRow
from framework.letters import OCCASIONS
from framework.records import (
    LetterApproval,
    LetterCorrection,
    LetterEdit,
    LetterPublication,
    LetterWithdrawal,
)
from framework.terms import LetterState
from storage import reading, reading_letters

router = APIRouter(prefix="/desk/letters", include_in_schema=False, route_class=SignedInRoute)

Drafter = Annotated[Principal, allow(Action.READ_DRAFTS)]
LONGEST_LETTER = 40_000
FIELDS = {"paragraphs": "text", "seen": "", "number": ""}


class LettersQuery(BaseModel):
    """Which letters."""

    state: LetterState = LetterState.DRAFT


class Typed(BaseModel):
    """What is done with a letter, and what was typed for it. `seen`: how many edits the person had read."""

    act: Literal["edit", "approve", "withdraw", "publish", "hide", "correct"]
    key: FormKey
    seen: Annotated[int, Field(ge=0)] = 0
    subject: Annotated[str, Field(max_length=1000)] = ""
    text: Annotated[str, Field(max_length=LONGEST_LETTER)] = ""
    signed_by: Annotated[str, Field(max_length=500)] = ""
    signed_post: Annotated[str, Field(max_length=500)] = ""
    public: Literal["1", ""] = ""
    reason: Annotated[str, Field(max_length=2000)] = ""

    def submission(
        self, number: str
    ) -> LetterEdit | LetterApproval | LetterWithdrawal | LetterPublication | LetterCorrection:
        """What is handed in to the country's process."""
        match self.act:
            case "edit":
                return LetterEdit(
                    number=number, seen=self.seen, subject=self.subject, paragraphs=paragraphs(self.text)
                )
            case "approve":
                return LetterApproval(
                    number=number,
                    seen=self.seen,
                    public=bool(self.public),
                    signed_by=self.signed_by,
                    signed_post=self.signed_post,
                )
            case "withdraw":
                return LetterWithdrawal(number=number, reason=self.reason)
            case "correct":
                return LetterCorrection(number=number, reason=self.reason)
            case _:
                return LetterPublication(number=number, public=self.act == "publish")


@dataclass(frozen=True)
class Reading:
    """A letter with its country and its text between salutation and closing."""

    country: CountryRow
    letter: Letter
    subject: str
    paragraphs: tuple[str, ...]


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a typed text: a blank line stands between two."""
    parts = text.replace("\r\n", "\n").split("\n\n")
    return tuple(part.strip("\n") for part in parts if part.strip())


@router.get("")
async def show_letters(
    request: Request, query: Annotated[LettersQuery, Query()], _: Drafter, parts: InstalledParts
) -> HTMLResponse:
    """The letters of all countries in a state, drafts first of all."""
    found = await reading_letters.in_state(parts.database, query.state.value)
    return page(
        request,
        "desk/letters.html",
        query=query,
        letters=[(code, name, one, _address(code, one)) for code, name, one in found],
        states=list(LetterState),
    )


@router.get("/{code}/{year}/{place}")
async def show_letter(
    request: Request, code: Code, year: Year, place: Place, reader: Drafter, parts: InstalledParts
) -> HTMLResponse:
    """A letter with its text, and what can be done with it."""
    return _page(request, reader, await _read(parts, reader, code, year, place), None, [])


@router.post("/{code}/{year}/{place}")
async def act_on_letter(
    request: Request,
    code: Code,
    year: Year,
    place: Place,
    typed: Annotated[Typed, Form()],
    doer: Annotated[Principal, allow(Action.ACT_ON_LETTERS)],
    parts: InstalledParts,
) -> Response:
    """Edits, approves, withdraws, publishes or corrects; what is refused comes back with all reasons and what was typed."""
    read = await _read(parts, doer, code, year, place)
    submission = typed.submission(read.letter.number)
    errors = await hand_in(parts, typed.key, code, doer, submission, language_of(request))
    if not errors:
        return RedirectResponse(f"{_address(code, read.letter)}?done={typed.act}", 303)
    shown = [(FIELDS.get(where, where), sentence) for where, sentence in errors]
    return _page(request, doer, await _read(parts, doer, code, year, place), typed, shown)


async def _read(parts: Parts, reader: Principal, code: str, year: int, place: int) -> Reading:
    country = await reading.country(parts.database, code)
    if country is None:
        raise not_found(f"country {code}")
    letter = await found_letter(parts, reader, country, year, place)
    try:
        said = await text_of(parts, country, letter)
    except ProblemError:
        return Reading(country, letter, "", ())
    return Reading(country, letter, said.subject, said.paragraphs)


def _page(
    request: Request, reader: Principal, read: Reading, typed: Typed | None, errors: Errors
) -> HTMLResponse:
    letter = read.letter
    values: dict[str, Any] = {
        "read": read,
        "letter": letter,
        "address": _address(read.country.code, letter),
        "api": f"/api/v1/countries/{read.country.code}/letters/" + "/".join(letter.number.split("/")[-2:]),
        "typed": typed,
        "errors": errors,
        "wrong": dict(errors),
        "by_submission": OCCASIONS[letter.kind].submission,
        "key": uuid4().hex,
        "can_act": may(reader, Action.ACT_ON_LETTERS),
        "done": request.query_params.get("done", ""),
    }
    return page(request, "desk/letter.html", 422 if errors else 200, **values)


def _address(code: str, letter: Letter) -> str:
    return f"/desk/letters/{code}/" + "/".join(letter.number.split("/")[-2:])
