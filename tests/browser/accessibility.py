"""What axe finds wrong with a page (WCAG 2.2 AA and good practice): each finding with where it is."""

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page

AXE = Axe()

OF_WORDS = (
    *("html-has-lang", "html-lang-valid", "html-xml-lang-mismatch", "valid-lang", "document-title"),
    *("button-name", "link-name", "label", "select-name", "input-button-name", "image-alt", "svg-img-alt"),
    *("aria-command-name", "aria-input-field-name", "aria-progressbar-name", "aria-toggle-field-name"),
    *("empty-heading", "empty-table-header", "frame-title", "label-title-only", "summary-name"),
    "landmark-unique",
)
"""Rules on which another language can fail where English passes: the language itself, and names of all kinds."""


OF_LOOKS = ("color-contrast", "target-size", "link-in-text-block", "scrollable-region-focusable")
"""Rules on which another width or the dark colours can fail where the page as it was first seen passes."""

BEYOND = {"rules": {"target-size": {"enabled": True}}}
"""WCAG 2.2 AA asks for it (2.5.8), axe only when told to."""


def violations(page: Page, *rules: str) -> list[str]:
    """Every violation on the page as it stands, by all of axe's rules or only by these.

    All rules take up to ten seconds on a page with a thousand elements: what was seen by all of them once is looked at
    again in another language by `OF_WORDS`, on another screen by `OF_LOOKS`. What is in order is not collected: that takes
    longer than the rules themselves on a page with many cells.
    """
    chosen = {"runOnly": {"type": "rule", "values": list(rules)}} if rules else BEYOND
    found = AXE.run(page, options={"resultTypes": ["violations"], **chosen}).response["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]
