"""Brings the catalogues up to the templates (`make catalogues`): new texts come in untranslated, old ones go.

What is written depends on the templates and translations alone: no dates, no paths of a machine, no guesses at
what a changed text may mean. Running it twice changes nothing.
"""

import re
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import write_po

from correspondence.catalogues import DOMAIN, LOCALES, catalogue, path_of
from framework.terms import Language

ROOT = LOCALES.parent
MAPPING = ROOT / "babel.cfg"
TEMPLATE = LOCALES / f"{DOMAIN}.pot"
TRANSLATED = (Language.FRENCH, Language.SPANISH)

HEADER = (
    "# What mails and letters say. The msgid is the English text; `make catalogues` keeps this file in step."
)


@dataclass(frozen=True)
class Domain:
    """Texts that share catalogues: their name, which files they stand in, and what the catalogues say of themselves."""

    name: str
    mapping: Path
    header: str

    @property
    def template(self) -> Path:
        """Where the texts lie before they are translated."""
        return LOCALES / f"{self.name}.pot"


CORRESPONDENCE = Domain(DOMAIN, MAPPING, HEADER)
_SAYS_NOTHING = re.compile(
    rb'^"(POT-Creation|PO-Revision|Generated-By|Last-Translator|Language-Team|Report-Msgid|Project-Id)[^\n]*\n',
    re.M,
)
"""Headers with dates, or with what Babel fills in where nobody said anything."""


def extracted(root: Path = ROOT, domain: Domain = CORRESPONDENCE) -> Catalog:
    """All texts of the templates below a folder, with the files in which they stand. Raises on a malformed template."""
    found = Catalog(project="pathfinder", domain=domain.name, header_comment=domain.header, fuzzy=False)
    with domain.mapping.open() as mapping:
        methods, options = parse_mapping_cfg(mapping)  # type: ignore[no-untyped-call]
    for name, _, message, comments, context in sorted(
        extract_from_dir(root, methods, options), key=lambda one: one[0]
    ):
        found.add(message, None, [(name, 0)], auto_comments=comments, context=context)
    return found


def updated(language: Language, template: Catalog, domain: Domain = CORRESPONDENCE) -> Catalog:
    """The translations of a language as they are, with exactly the texts of the template."""
    translated = catalogue(language, domain.name)
    translated.update(template, no_fuzzy_matching=True)
    translated.header_comment = domain.header
    return translated


def as_file(catalog: Catalog) -> bytes:
    """A catalogue as it is kept: lines are not wrapped, so that a changed text is a changed line."""
    written = BytesIO()
    write_po(written, catalog, width=0, include_lineno=False, ignore_obsolete=True, sort_output=True)
    return _SAYS_NOTHING.sub(b"", written.getvalue()).strip() + b"\n"


def write(domain: Domain) -> None:
    """Writes the template of a domain and the catalogues of all languages."""
    template = extracted(domain=domain)
    domain.template.write_bytes(as_file(template))
    for language in TRANSLATED:
        path_of(language, domain.name).write_bytes(as_file(updated(language, template, domain)))


if __name__ == "__main__":
    write(CORRESPONDENCE)
