"""Countries are called what the United Nations calls them, in every language, and the table of overrides is short."""

import csv
import re
from pathlib import Path

import pytest
from babel.core import get_global

from correspondence.dates import locale_of
from correspondence.facts import Site
from correspondence.places import country_name, overrides
from correspondence.rendering import rendered
from framework.members import MEMBERS
from framework.terms import Language
from tests.storage.samples import delivery, order

LIST = Path(__file__).parent / "country_names.csv"


def as_listed() -> dict[str, dict[str, str]]:
    """The names of all Member States by code and language, as they were checked."""
    with LIST.open(encoding="utf-8", newline="") as file:
        return {row.pop("code"): row for row in csv.DictReader(file)}


def by_cldr(code: str, language: Language) -> str:
    """What CLDR calls a country."""
    return str(locale_of(language).territories[get_global("territory_aliases")[code][0]])


@pytest.mark.parametrize("language", Language)
def test_every_member_state_has_the_name_that_was_checked(language: Language) -> None:
    listed = as_listed()
    assert {*listed} == MEMBERS
    differing = {
        code: (country_name(code, language), names[language.value])
        for code, names in listed.items()
        if country_name(code, language) != names[language.value]
    }
    assert differing == {}


@pytest.mark.parametrize("language", Language)
def test_no_two_states_share_a_name_and_none_is_abbreviated(language: Language) -> None:
    names = [country_name(code, language) for code in MEMBERS]
    assert len(set(names)) == len(MEMBERS)
    assert [name for name in names if re.search(r"&|\bSt\b|\d|^\W|[^\w)\u2019]$| - ", name)] == []


@pytest.mark.parametrize(
    ("code", "english", "french", "spanish"),
    [
        ("CIV", "Côte d'Ivoire", "Côte d\u2019Ivoire", "Côte d'Ivoire"),
        ("COD", "Democratic Republic of the Congo", "République démocratique du Congo", "República Democrática del Congo"),
        ("CPV", "Cabo Verde", "Cabo Verde", "Cabo Verde"),
        ("CZE", "Czechia", "Tchéquie", "Chequia"),
        ("FJI", "Fiji", "Fidji", "Fiji"),
        ("IRQ", "Iraq", "Iraq", "Iraq"),
        ("KEN", "Kenya", "Kenya", "Kenya"),
        ("MKD", "North Macedonia", "Macédoine du Nord", "Macedonia del Norte"),
        ("NGA", "Nigeria", "Nigéria", "Nigeria"),
        ("SWZ", "Eswatini", "Eswatini", "Eswatini"),
        ("TLS", "Timor-Leste", "Timor-Leste", "Timor-Leste"),
        ("TUR", "Türkiye", "Türkiye", "Türkiye"),
        ("VNM", "Viet Nam", "Viet Nam", "Viet Nam"),
    ],
)  # fmt: skip
def test_states_are_called_as_they_wish_to_be(code: str, english: str, french: str, spanish: str) -> None:
    assert [country_name(code, language) for language in Language] == [english, french, spanish]


def test_the_table_holds_nothing_that_cldr_says_already() -> None:
    assert {*overrides()} <= MEMBERS
    said = [(code, name) for code, names in overrides().items() for name in names.items()]
    assert len(said) > 80
    assert [(code, name) for code, name in said if by_cldr(code, Language(name[0])) == name[1]] == []


def test_apostrophes_are_those_of_the_language() -> None:
    for code in MEMBERS:
        assert "\u2019" not in country_name(code, Language.ENGLISH) + country_name(code, Language.SPANISH)
        assert "'" not in country_name(code, Language.FRENCH)


def test_a_country_that_is_no_member_state_is_called_as_it_calls_itself() -> None:
    assert country_name("XAA", Language.FRENCH, "Aruna") == "Aruna"
    assert country_name("XAA", Language.FRENCH) == "XAA"
    assert country_name("../en", Language.FRENCH) == "../en"


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        (Language.ENGLISH, "Côte d'Ivoire: "),
        (Language.FRENCH, "Côte d\u2019Ivoire : "),
        (Language.SPANISH, "Côte d'Ivoire: "),
    ],
)
def test_messages_name_the_country_in_the_readers_language_whatever_was_typed(
    language: Language, subject: str
) -> None:
    made = order("granted", country="CIV", values={"country_name": "Ivory Coast"})
    mail = rendered(delivery(order=made, language=language), Site("https://pathfinder.example"))
    assert mail.subject.startswith(subject)
    assert "Ivory Coast" not in mail.text + mail.html
