"""What a digest says: messages country by country, what is late, each line with the place to which it leads."""

from datetime import date
from typing import Any

import pytest

from contracts.names import ALLIANCE_CODE
from contracts.rows import Delivery
from correspondence.digesting import MOST_LATE, LateTask, digest_values
from correspondence.facts import Site
from correspondence.rendering import rendered
from framework.digests import Digest
from framework.terms import Language, TaskState
from tests.storage.samples import NOON, delivery, order, task

URL = "https://pathfinder.example"
SITE = Site(URL, "mail@alliance.example")


def waiting(kind: str, country: str = "XAA", **values: Any) -> Delivery:
    """A message that waits."""
    made = order(kind, country=country, task="", values={"country_name": f"Land {country}", **values})
    return delivery(f"{country}-{kind}", order=made)


def late(key: str = "progress_report-2027", country: str = "XAA", name: str = "Aruna") -> LateTask:
    """A task that is late."""
    made = task(key, state=TaskState.LATE, due_on=date(2027, 1, 29))
    return LateTask(country=country, country_name=name, task=made)


def values(*found: Delivery, late: list[LateTask] = [], **more: Any) -> dict[str, Any]:  # noqa: B006
    """The values of a daily digest in English."""
    known: dict[str, Any] = {"choice": Digest.DAILY, "language": Language.ENGLISH, "site": SITE, "now": NOON}
    return digest_values(found, late, **known | more)


def text(of: dict[str, Any], language: Language = Language.ENGLISH) -> str:
    """The digest as plain text."""
    made = order("digest", country=ALLIANCE_CODE, cycle="", task="", values=of)
    return rendered(delivery(order=made, language=language), SITE, NOON).text


@pytest.mark.clause("REP-07")
def test_messages_stand_under_their_country_each_with_its_subject_and_link() -> None:
    found = values(
        waiting("report_published", "XAB", year=2027), waiting("granted"), waiting("resumed", "XAB")
    )
    assert [(one["title"], len(one["lines"])) for one in found["changes"]] == [
        ("Land XAA", 1),
        ("Land XAB", 2),
    ]
    said = text(found)
    assert said.index("Land XAA\n") < said.index("Land XAB\n")
    assert said.count(f"{URL}/desk/countries/XAB\n") == 2
    assert "Late now" not in said


@pytest.mark.clause("REP-07")
def test_what_is_late_names_country_matter_and_date_also_for_the_alliances_own() -> None:
    found = values(late=[late(), late("mwg_report-2026", ALLIANCE_CODE, "")])
    assert [one["text"] for one in found["late"]] == [
        "Aruna: Annual progress report 2027, 29 January 2027",
        "Alliance 8.7: Report of the MWG to the GCG 2027, 29 January 2027",
    ]
    assert [one["link"] for one in found["late"]] == [
        f"{URL}/desk/tasks/XAA/progress_report-2027",
        f"{URL}/desk",
    ]
    assert "Something has become late" in text(found)


def test_a_long_list_says_that_there_is_more() -> None:
    found = values(waiting("granted"), late=[late()] * (MOST_LATE + 1), more=True)
    assert len(found["late"]) == MOST_LATE
    said = text(found)
    assert "the rest comes with the next digest" in said
    assert "more that is late" in said


def test_a_subject_is_written_in_the_language_of_whoever_reads_the_digest() -> None:
    spanish = values(late=[late("mwg_report-2026", ALLIANCE_CODE, "")], language=Language.SPANISH)
    assert spanish["late"][0]["text"].startswith("Alianza 8.7: ")
    assert spanish["late"][0]["text"].endswith("29 de enero de 2027")


def test_what_people_typed_is_inert_in_a_digest() -> None:
    typed = waiting("granted", country="XAB")
    typed.order.values["country_name"] = "<b>Land</b>\r\nBcc: x@y.example"
    found = values(typed)
    made = order("digest", country=ALLIANCE_CODE, cycle="", task="", values=found)
    mail = rendered(delivery(order=made), SITE, NOON)
    assert "<b>Land" not in mail.html
    assert "\nBcc:" not in mail.text
