"""Filling in a task's form as people do: item by item, field by field, section by section, then reading and sending it.

What is filled in is given as data under the names of the record; where it goes, `api.pages.forms` says.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from playwright.sync_api import Locator, Page

from api.pages.forms.describing import Field, Form, Input

Data = Mapping[str, Any]


def fill_in(page: Page, task: str, form: Form, data: Data) -> None:
    """Fills in every section of the form of a task (its address) and ends at what will be sent."""
    known = {one.name for one in form.fields()}
    assert set(data) <= known, f"{form.kind} has no {set(data) - known}"
    page.goto(task if len(form.sections) == 1 else f"{task}/{form.sections[0].id}")
    for section in form.sections:
        own = [one for one in section.fields if one.name in data]
        _grow(page, own, data, "")
        for one in own:
            _put(page, one, data[one.name], one.name)
        for box in page.locator('input[name="_confirmed"]').all():
            box.check()  # last year's answers, where they still hold
        with page.expect_navigation():
            _act(page, "next").click()


def send(page: Page, received_on: str = "") -> None:
    """Sends what is shown; the receipt must come. `received_on`: when it came on paper, from those who are asked."""
    form = page.locator("form[action*='/send']")
    assert form.count(), f"it cannot be sent: {page.locator('main').inner_text()}"
    if received_on:
        page.locator("#received_on").fill(received_on)
    form.locator("button").click()
    page.wait_for_url("**/receipt/*")


def _grow(page: Page, fields: Sequence[Field], data: Data, where: str) -> None:
    """Adds items where there are too few of them, from the outside inwards: each button loads the page again."""
    for one in (one for one in fields if one.name in data):
        place, value = f"{where}{one.name}", data[one.name]
        if one.input is Input.PART:
            _grow(page, one.fields, value, f"{place}.")
        if one.input is Input.GROUP:
            for number, item in enumerate(value):
                if not _at(page, f"{place}[{number}]").count():
                    _act(page, f"add:{place}").click()
                    _at(page, f"{place}[{number}]").wait_for()
                _grow(page, one.fields, item, f"{place}[{number}].")


def _put(page: Page, one: Field, value: Any, place: str) -> None:
    if one.tick:
        _at(page, f"{place}_given").check()
    match one.input:
        case Input.PART:
            _inside(page, one, value, place)
        case Input.GROUP | Input.ANSWERS:
            for number, item in enumerate(value):
                _inside(page, one, item, f"{place}[{number}]")
        case Input.ANY_OF:
            for each in value:
                _at(page, f"{place}-{each}").check()
        case Input.YES_NO:
            _at(page, f"{place}-{'yes' if value else 'no'}").check()
        case Input.TICK:
            _at(page, place).set_checked(value)
        case Input.DOCUMENT:
            page.locator(f'[name="{place}._file"]').set_input_files(value)
        case Input.CHOICE:
            _at(page, place).select_option(value)
        case Input.KNOWN if _at(page, place).evaluate("one => one.tagName") == "SELECT":
            _at(page, place).select_option(value)
        case Input.LINES:
            _at(page, place).fill("\n".join(value))
        case _:
            _at(page, place).fill(str(value))


def _inside(page: Page, one: Field, value: Data, place: str) -> None:
    known = {each.name: each for each in one.fields}
    assert set(value) <= set(known), f"{place} has no {set(value) - set(known)}"
    for name, inner in value.items():
        _put(page, known[name], inner, f"{place}.{name}")


def _at(page: Page, place: str) -> Locator:
    return page.locator(f'[id="{place}"]')


def _act(page: Page, act: str) -> Locator:
    return page.locator(f'button[name="act"][value="{act}"]')
