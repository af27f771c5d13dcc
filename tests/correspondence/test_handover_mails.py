"""What people read when a mandate passes on: each reader their own part of it, and one way to what comes next (EOI-03)."""

from typing import Any

import pytest

from contracts.rows import Delivery
from correspondence.rendering import rendered
from correspondence.specimens import specimen
from framework.terms import Language
from tests.correspondence.mailing import SITE, URL


def said(kind: str, language: Language = Language.ENGLISH, **changes: Any) -> str:
    """The text of a specimen, with other values."""
    message: Delivery = specimen(kind, language)
    message.order.values.update(changes)
    return rendered(message, SITE).text


@pytest.mark.clause("EOI-03")
@pytest.mark.parametrize("kind", ["successor_named", "contributor_named"])
def test_who_is_new_is_led_to_where_they_sign_in_and_told_who_named_them(kind: str) -> None:
    text = said(kind)
    assert f"Sign in:\n{URL}/sign-in\n" in text
    assert "Named by: Ada Ejemplo\n" in text
    assert text.count("http") == 1


def test_who_was_named_by_the_secretariat_reads_that_it_was_on_a_letter() -> None:
    assert "Named by: the Secretariat, on the country's letter\n" in said(
        "successor_named", by_role="secretariat"
    )


@pytest.mark.clause("EOI-03")
def test_a_successor_reads_until_when_it_is_open_and_a_predecessor_that_nothing_changes_yet() -> None:
    assert "Can be accepted until: Sunday, 23 May 2027\n" in said("successor_named")
    to_holder = said("successor_named", reader="focal_point", leads_to="")
    assert "Nothing changes until that person accepts" in to_holder
    assert "Successor: Noor Basri\n" in to_holder


@pytest.mark.clause("EOI-03")
def test_a_successor_gets_the_brief_and_what_is_open_a_predecessor_the_last_day() -> None:
    to_new = said("handed_over")
    assert f"Read the hand-over brief:\n{URL}/countries/XAA/brief\n" in to_new
    assert "- Annual progress report 2027: 30 April 2027\n" in to_new
    to_old = said("handed_over", reader="former_focal_point", leads_to="")
    assert "Access of the predecessor until: Sunday, 23 May 2027\n" in to_old
    assert "you can still read everything" in to_old
    assert "you can still read everything" not in said(
        "handed_over", reader="former_focal_point", until_on=None
    )
    assert "Nothing is asked of you." in said("handed_over", reader="secretariat", leads_to="")


@pytest.mark.clause("REP-07")
def test_what_was_missed_is_listed_by_task_and_date() -> None:
    text = said("caught_up")
    assert "Still to come\n- Annual progress report 2027: 30 April 2027\n" in text
    assert "Other messages, to be found on record, came back on: 2 March 2027 and 15 March 2027\n" in text


@pytest.mark.parametrize(("lapsed", "words"), [(True, "has lapsed"), (False, "was withdrawn")])
def test_a_naming_that_holds_no_longer_says_why(lapsed: bool, words: str) -> None:
    assert words in said("successor_withdrawn", lapsed=lapsed)


@pytest.mark.parametrize(
    ("language", "words"), [(Language.FRENCH, "Se connecter"), (Language.SPANISH, "Iniciar sesión")]
)
def test_the_way_in_is_named_in_the_readers_language(language: Language, words: str) -> None:
    assert words in said("successor_named", language)
