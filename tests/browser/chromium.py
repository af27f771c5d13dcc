"""The browser of the tests: Debian's Chromium, driven by Playwright; nothing is ever fetched from a network."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, sync_playwright

PHONE, DESKTOP = 390, 1100
"""Widths in CSS pixels."""


def executable() -> str:
    """Where Chromium is: `CHROMIUM`, or on the path. Raises AssertionError that says what to install.

    The one without a window of its own comes first: the same pages take a quarter less processor time in it.
    """
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    assert found, "no Chromium is installed: `make test` installs it on Debian as root, or says how"
    return found


@contextmanager
def browser() -> Iterator[Browser]:
    """A browser without a window."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=executable(), args=["--no-sandbox"])
        try:
            yield opened
        finally:
            opened.close()


@contextmanager
def page(opened: Browser, width: int, scheme: str = "light") -> Iterator[Page]:
    """A page of a width, on a light or a dark screen, that reaches no network and complains of whatever asks for it."""
    context = opened.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, offline=True)  # type: ignore[arg-type]
    try:
        yield context.new_page()
    finally:
        context.close()
