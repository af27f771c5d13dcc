"""The link and the code of a sign-in: in the message, and in nothing that is kept of it."""

import string
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from correspondence.facts import Site
from correspondence.rendering import rendered
from correspondence.signing_in import (
    ALPHABET,
    TOKEN,
    code_of,
    shown_code,
    sign_in_code,
    sign_in_link,
    token_of,
    typed_code,
)
from correspondence.specimens import kinds, specimen
from framework.terms import Language

SECRET = "a secret for tests, long enough to sign with"
URL = "https://pathfinder.example"
NOW = datetime(2027, 4, 23, 8, 1, tzinfo=UTC)


@pytest.mark.parametrize("language", Language)
def test_the_message_has_link_code_and_until_when_and_what_is_kept_of_it_has_neither(
    language: Language,
) -> None:
    delivery = specimen("sign_in", language)
    id = delivery.order.values["sign_in"]
    mail = rendered(delivery, Site(URL, "mail@alliance.example", SECRET), NOW)
    secrets = token_of(SECRET, id), shown_code(code_of(SECRET, id))
    for form in (mail.text, mail.html):
        assert f"{URL}/sign-in/link/{secrets[0]}" in form
        assert secrets[1] in form
        assert "10:15" in form or "03:15" in form
    assert not any(secret in delivery.model_dump_json() + mail.subject for secret in secrets)


def test_no_other_message_signs_in_and_none_does_without_the_secret() -> None:
    for kind in kinds():
        delivery = specimen(kind, Language.ENGLISH)
        assert bool(sign_in_link(delivery, URL, SECRET)) is (kind == "sign_in")
        assert bool(sign_in_code(delivery, SECRET)) is (kind == "sign_in")
        assert sign_in_link(delivery, URL, "") is None


@given(st.text(max_size=40), st.text(max_size=40))
def test_every_sign_in_has_its_own_link_and_code(one: str, other: str) -> None:
    assert TOKEN.fullmatch(token_of(SECRET, one))
    assert typed_code(code_of(SECRET, one)) == code_of(SECRET, one)
    assert (token_of(SECRET, one) == token_of(SECRET, other)) is (one == other)
    assert token_of(SECRET + "x", one) != token_of(SECRET, one)


@given(st.text(alphabet=ALPHABET, min_size=8, max_size=8), st.data())
def test_a_code_is_read_however_it_is_typed(code: str, data: st.DataObject) -> None:
    gaps = [data.draw(st.sampled_from(["", " ", "-", "\u2011", "\u00a0"])) for _ in code]
    typed = "".join(gap + (letter.lower() if gap else letter) for gap, letter in zip(gaps, code, strict=True))
    assert typed_code(typed) == code


@given(st.text(max_size=200))
def test_what_is_no_code_is_none(text: str) -> None:
    found = typed_code(text)
    assert found == "" or (len(found) == 8 and set(found) <= set(ALPHABET))


def test_codes_have_no_characters_that_are_mistaken_for_each_other() -> None:
    assert set("01IO") & set(ALPHABET) == set()
    assert set(ALPHABET) < set(string.ascii_uppercase + string.digits)
