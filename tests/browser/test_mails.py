"""Every message in every language, as a phone and a desktop show it: nothing is cut off, nothing comes from elsewhere."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page

from correspondence.facts import Site
from correspondence.letter_pdf import pictures
from correspondence.rendering import rendered
from correspondence.specimens import kinds, letter_sheet, specimen
from framework.terms import Language, LetterKind
from tests.browser.chromium import DESKTOP, PHONE, browser, page

SITE = Site("https://pathfinder.example", "secretariat@alliance.example")
NOW = datetime(2027, 4, 23, 8, tzinfo=UTC)
WIDEST = "() => document.documentElement.scrollWidth"
CONTRASTS = """
() => {
  const light = (channels) => {
    const [r, g, b] = channels.map((c) => c / 255).map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const numbers = (text) => (text.match(/[\\d.]+/g) || []).map(Number);
  const behind = (node) => {
    for (let one = node; one; one = one.parentElement) {
      const found = numbers(getComputedStyle(one).backgroundColor);
      if (found.length === 3 || found[3] > 0) return found.slice(0, 3);
    }
    return [255, 255, 255];
  };
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const poor = [];
  while (words.nextNode()) {
    const node = words.currentNode.parentElement;
    if (!words.currentNode.data.trim() || getComputedStyle(node).visibility === 'hidden') continue;
    const [a, b] = [light(numbers(getComputedStyle(node).color).slice(0, 3)), light(behind(node))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) poor.push(`${ratio.toFixed(2)}: ${words.currentNode.data.trim().slice(0, 60)}`);
  }
  return poor;
}
"""
"""Every text of a page whose contrast with what is behind it is under 4.5 to 1 (WCAG 2.2, 1.4.3)."""


@pytest.fixture(scope="module")
def opened() -> Iterator[Browser]:
    """One browser for all."""
    with browser() as found:
        yield found


def shown(sheet: Page, kind: str, language: Language) -> None:
    """Shows a message as a mail program would."""
    sheet.set_content(rendered(specimen(kind, language), SITE, NOW).html)


@pytest.mark.parametrize(("width", "scheme"), [(PHONE, "dark"), (DESKTOP, "light")])
def test_every_message_fits_its_screen_and_can_be_read_on_it(
    opened: Browser, width: int, scheme: str
) -> None:
    asked, wrong = [], []
    with page(opened, width, scheme) as sheet:
        sheet.on("request", lambda request: asked.append(request.url))
        for kind in kinds():
            for language in Language:
                shown(sheet, kind, language)
                if sheet.evaluate(WIDEST) > width:
                    wrong.append(f"{kind} in {language}: wider than {width}")
                wrong += [f"{kind} in {language}: {one}" for one in sheet.evaluate(CONTRASTS)]
    assert wrong == []
    assert asked == []


@pytest.mark.parametrize("language", Language)
def test_a_message_has_its_language_its_title_one_heading_and_one_link_to_act_on(
    opened: Browser, language: Language
) -> None:
    with page(opened, DESKTOP) as sheet:
        shown(sheet, "reminder", language)
        assert sheet.locator("html").get_attribute("lang") == language.value
        assert sheet.title()
        assert sheet.locator("h1").count() == 1
        assert sheet.locator("a").count() == 1
        link = sheet.locator("a").get_attribute("href")
        assert link == "https://pathfinder.example/desk/tasks/XAA/progress_report-2027"


def test_poor_contrast_and_what_is_too_wide_are_seen(opened: Browser) -> None:
    with page(opened, PHONE) as sheet:
        sheet.set_content("<body style='background:#fff;color:#ccc'><p style='width:900px'>Pale</p>")
        assert sheet.evaluate(WIDEST) > PHONE
        assert [re.sub(r"^\S+ ", "", one) for one in sheet.evaluate(CONTRASTS)] == ["Pale"]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", LetterKind)
def test_every_letter_has_its_pages(kind: LetterKind, language: Language) -> None:
    pages = pictures(letter_sheet(kind, language), dots_per_inch=40)
    assert 1 <= len(pages) <= 2
    assert all(one.startswith(b"\x89PNG") for one in pages)
