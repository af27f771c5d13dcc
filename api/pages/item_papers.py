"""Papers for an item of the GCM: uploaded beside it, checked like every upload, seen by whoever may read them."""

from typing import Annotated, Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import TypeAdapter, ValidationError
from starlette.datastructures import FormData, UploadFile

from access.people import Principal
from access.table import Action
from api.deps import Country, InstalledParts, Parts, allow
from api.documents import UPLOAD_LIMIT, kept
from api.handing_in import Door, Handed
from api.items import ItemKeeper, ItemKey, item_in
from api.pages.catalogues import N_, words
from api.pages.desk_receiving import why_refused
from api.pages.guard import SignedInRoute
from api.pages.items_options import LEVELS
from api.pages.items_words import Errors, errors_of
from api.pages.languages import language_of
from api.pages.meetings import FormKey, item_page
from api.problems import ProblemError
from contracts.rows import CountryRow
from contracts.state import Item
from framework.records import DocumentRef, GcmItem
from framework.terms import Confidentiality, Language
from storage.media_types import DocumentRefused

router = APIRouter(prefix="/desk/items", include_in_schema=False, route_class=SignedInRoute)

MOST_FILES = 10
NO_FILE = N_("Choose the file of a paper.")
NO_LEVEL = N_("Say who may read it.")
NO_KEY = N_("This form is too old. Load the page again.")
_KEY: TypeAdapter[str] = TypeAdapter(FormKey)

Uploader = Annotated[Principal, allow(Action.UPLOAD)]


@router.post("/{code}/{key}/papers", max_body_size=UPLOAD_LIMIT * 2)
async def add_papers(
    request: Request,
    keeper: ItemKeeper,
    uploader: Uploader,
    country: Country,
    key: ItemKey,
    parts: InstalledParts,
) -> Response:
    """Keeps the files, and says on record that they are papers of the item; members are told by mail."""
    item, language = item_in(country, key).item, language_of(request)
    async with request.form(max_files=MOST_FILES, max_fields=8) as form:
        added, errors = await _received(parts, uploader, country, form, language)
        if not errors:
            errors = await _on_record(parts, keeper, country, item, added, str(form["key"]), language)
    if errors:
        return await item_page(request, keeper, parts, country, item, errors=errors, status=422)
    return RedirectResponse(f"/desk/items/{country.code}/{key}#papers-of", 303)


async def _received(
    parts: Parts, keeper: Principal, country: CountryRow, form: FormData, language: Language
) -> tuple[list[DocumentRef], Errors]:
    """The files that were kept, and what is wrong with the others; none is kept where the form says too little."""
    say, files = words(language).gettext, form.getlist("papers")
    wanted = [one for one in files if isinstance(one, UploadFile) and one.filename]
    level = next((one for one in LEVELS if one.value == form.get("confidentiality")), None)
    errors = [] if wanted else [("papers", say(NO_FILE))]
    errors += [] if level else [("confidentiality", say(NO_LEVEL))]
    errors += [] if _is_key(form.get("key")) else [("", say(NO_KEY))]
    added: list[DocumentRef] = []
    for file in wanted if not errors else ():
        try:
            added.append(
                (await kept(parts, keeper, country.code, file, level or Confidentiality.REVIEWERS)).ref
            )
        except DocumentRefused as error:
            errors.append(("papers", f"{file.filename}: {say(why_refused(error))}"))
    return added, errors


async def _on_record(
    parts: Parts,
    keeper: Principal,
    country: CountryRow,
    item: Item,
    added: list[DocumentRef],
    key: str,
    language: Language,
) -> Errors:
    known = {one.id for one in item.documents}
    papers = (*item.documents, *(one for one in added if one.id not in known))
    said = GcmItem(decides=item.kind, year=item.year, documents=tuple(papers))
    try:
        await Door(parts, key, Response()).hand_in(country.code, keeper, Handed[Any](submission=said))
    except ProblemError as error:
        return errors_of(error, language, {"documents": "papers"})
    return []


def _is_key(value: object) -> bool:
    try:
        _KEY.validate_python(value)
    except ValidationError:
        return False
    return True
