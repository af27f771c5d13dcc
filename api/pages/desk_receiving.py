"""What comes with a posted section: texts by their places, files that are kept at once, the button that was pressed."""

from dataclasses import dataclass, field

from fastapi import Request
from starlette.datastructures import UploadFile

from access.deciding import reaches
from access.people import Principal
from access.table import Action
from api.deps import Parts
from api.documents import kept
from api.pages.catalogues import N_, words
from api.pages.forms.describing import Section
from api.pages.forms.reading import Tree, grown, shaped
from api.pages.forms.working import Lack
from api.pages.languages import language_of
from framework.terms import Confidentiality
from storage.media_types import DocumentRefused
from storage.uploads import StoredDocument

FILE = "._file"
"""What is put behind a document's place for the field that takes the file itself."""

MOST_FIELDS, MOST_FILES = 20_000, 20

TOO_LARGE = N_("This file is too large: it may have 20 MB at most.")
EMPTY = N_("This file is empty.")
NOT_TAKEN = N_("This kind of file is not taken. Send a PDF, an office document or a picture.")


@dataclass(frozen=True, kw_only=True)
class Posted:
    """A section as it was posted. `based_on`: the version that was on the page; `refused`: files that were not taken."""

    content: Tree
    act: str
    based_on: int
    refused: list[Lack] = field(default_factory=list)


async def posted(request: Request, parts: Parts, principal: Principal, code: str, section: Section) -> Posted:
    """Reads a posted section; its files are kept, those that are not taken are named."""
    async with request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS) as form:
        pairs = [(name, value) for name, value in form.multi_items() if isinstance(value, str)]
        refused: list[Lack] = []
        for name, file in form.multi_items():
            if isinstance(file, UploadFile) and file.filename and name.endswith(FILE):
                place = name.removesuffix(FILE)
                try:
                    stored = await _kept(parts, principal, code, file)
                    pairs += [(f"{place}.id", stored.id), (f"{place}.name", stored.name)]
                except DocumentRefused as error:
                    refused.append(
                        Lack(words(language_of(request)).gettext(why_refused(error)), place, section.id)
                    )
        version, act = str(form.get("based-on") or "0"), str(form.get("act") or "")
    return Posted(
        content=shaped(section, grown(pairs)),
        act=act,
        based_on=int(version) if version.isdecimal() and len(version) < 10 else 0,
        refused=refused,
    )


async def _kept(parts: Parts, principal: Principal, code: str, file: UploadFile) -> StoredDocument:
    assert reaches(principal, Action.UPLOAD, code), "whoever may save a draft may upload for it"
    return await kept(parts, principal, code, file, Confidentiality.PARTNERS)


def why_refused(error: DocumentRefused) -> str:
    """Why a file was not taken, as a text of the catalogue."""
    return {"document.too_large": TOO_LARGE, "document.empty": EMPTY}.get(error.key, NOT_TAKEN)
