"""Makes the pictures of docs/correspondence.md: typical mails as Chromium shows them, letters as they are printed.

.venv/bin/python -m tests.browser.pictures
"""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser

from correspondence.facts import Site
from correspondence.letter_pdf import pictures
from correspondence.rendering import rendered
from correspondence.specimens import kinds, letter_kinds, letter_sheet, specimen
from framework.terms import Language, LetterKind
from tests.browser.chromium import DESKTOP, PHONE, browser, page

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures"
SITE = Site(
    "https://pathfinder.example", "secretariat@alliance.example", "a secret for pictures only, long enough"
)
NOW = datetime(2027, 4, 23, 8, tzinfo=UTC)
COLOURS = 48
"""Enough for text on a plain ground; a picture then takes some 20 kB."""

MAILS = (
    ("reminder", Language.ENGLISH, 700, "light"),
    ("reminder", Language.FRENCH, PHONE, "dark"),
    ("escalation", Language.SPANISH, 700, "light"),
    ("report_received", Language.FRENCH, 700, "light"),
    ("not_yet", Language.ENGLISH, 700, "light"),
    ("contacts_confirmation", Language.SPANISH, PHONE, "light"),
    ("digest", Language.ENGLISH, 700, "light"),
)
LETTERS = (
    (LetterKind.GRANTED, Language.FRENCH),
    (LetterKind.NOT_YET, Language.SPANISH),
    (LetterKind.DIALOGUE_INVITATION, Language.ENGLISH),
)


def main() -> None:
    """Writes all pictures; those that are there already are made anew."""
    FOLDER.mkdir(exist_ok=True)
    with browser() as opened:
        for kind, language, width, scheme in MAILS:
            _write(f"{kind}-{language.value}.png", mail(opened, kind, language, width, scheme))
    for letter, language in LETTERS:
        first, *_ = pictures(letter_sheet(letter, language), dots_per_inch=72)
        _write(f"letter-{letter.value}-{language.value}.png", first)


def every(folder: Path) -> None:
    """Every message and letter in every language, on a phone and on a desk: for looking at, not for keeping."""
    folder.mkdir(parents=True, exist_ok=True)
    with browser() as opened:
        for kind in kinds():
            for language in Language:
                for name, width, scheme in (("phone", PHONE, "dark"), ("desk", DESKTOP, "light")):
                    made = mail(opened, kind, language, width, scheme)
                    (folder / f"{kind}-{language.value}-{name}.png").write_bytes(made)
    for one in letter_kinds():
        letter = LetterKind(one.partition(":")[2])
        for language in Language:
            for number, made in enumerate(pictures(letter_sheet(letter, language)), start=1):
                (folder / f"letter-{letter.value}-{language.value}-{number}.png").write_bytes(made)


def mail(opened: Browser, kind: str, language: Language, width: int, scheme: str) -> bytes:
    """A message as a PNG, whole."""
    with page(opened, width, scheme) as sheet:
        sheet.set_content(rendered(specimen(kind, language), SITE, NOW).html)
        return sheet.screenshot(full_page=True)


def _write(name: str, picture: bytes) -> None:
    small = Image.open(BytesIO(picture)).convert("RGB").quantize(COLOURS)
    small.save(FOLDER / name, optimize=True)


if __name__ == "__main__":
    main()
