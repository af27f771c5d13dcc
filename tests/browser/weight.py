"""Prints what each page of `tests.browser.screens` weighs: bytes and requests of a first visit, heaviest first.

.venv/bin/python -m tests.browser.weight
"""

from dataclasses import dataclass

from playwright.sync_api import Browser, Response

from tests.browser.chromium import browser
from tests.browser.screens import SCREENS, Screen
from tests.browser.site import site, visitor

MOST = 100 * 1024
"""Bytes that no page may weigh in all, as they are before compression."""


@dataclass(frozen=True)
class Weight:
    """What a first visit to an address costs."""

    address: str
    size: int
    requests: int

    @property
    def too_much(self) -> bool:
        """Whether it is more than a page may weigh."""
        return self.size > MOST


def weigh(opened: Browser, site_address: str, screen: Screen) -> Weight:
    """Visits a page with an empty cache and adds up all that comes."""
    answers: list[Response] = []
    with visitor(opened, role=screen.role, country=screen.country, language=screen.language) as context:
        page = context.new_page()
        page.on("response", lambda answer: answers.append(answer))
        page.goto(site_address + screen.address, wait_until="networkidle")
        size = sum(len(one.body()) for one in answers)
    return Weight(screen.address, size, len(answers))


def main() -> None:
    """Weighs every address once."""
    screens = {screen.address: screen for screen in SCREENS}
    with site() as address, browser() as opened:
        weights = [weigh(opened, address, screen) for screen in screens.values()]
    for one in sorted(weights, key=lambda one: -one.size):
        mark = "  MORE THAN 100 KB" if one.too_much else ""
        print(f"{one.size / 1024:7.1f} KB {one.requests:3} requests  {one.address}{mark}")


if __name__ == "__main__":
    main()
