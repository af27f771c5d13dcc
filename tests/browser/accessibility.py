"""What axe finds wrong with a page (WCAG 2.2 AA and good practice): each finding with where it is."""

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page

AXE = Axe()


def violations(page: Page) -> list[str]:
    """Every violation on the page as it stands, by all of axe's rules. What is in order is not collected: that takes
    longer than the rules themselves on a page with many cells."""
    found = AXE.run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]
