"""The drawing of the process and the glossary: whole in every language, true to the clauses and to the field's terms."""

import re
from pathlib import Path

import pytest
import yaml

from api.pages import glossary, process_drawing
from framework.terms import Language
from storage.writing import folded
from tests.catalogues import NO_BREAK
from tests.terms import TERMS

CLAUSES = Path(__file__).resolve().parents[2] / "docs" / "framework" / "clauses.yaml"


@pytest.mark.parametrize("language", Language)
def test_every_label_of_the_drawing_fits_beside_its_clause(language: Language) -> None:
    drawing = process_drawing.drawn(language)
    labels = [label for box in drawing.boxes for _, label in box.steps]
    assert [label for label in labels if len(label) > process_drawing.LONGEST] == []
    assert len({*labels}) == len(labels)
    assert all(box.title for box in drawing.boxes)


def test_every_step_of_the_drawing_names_a_clause_of_the_framework_once() -> None:
    known = {one["id"] for one in yaml.safe_load(CLAUSES.read_text(encoding="utf-8"))}
    drawn = [clause for part in process_drawing.PARTS for clause, _ in part.steps]
    assert {*drawn} <= known
    assert len({*drawn}) == len(drawn)


def test_the_parts_of_the_drawing_follow_each_other_without_overlapping() -> None:
    drawing = process_drawing.drawn(Language.FRENCH)
    for above, below in zip(drawing.boxes, drawing.boxes[1:], strict=False):
        assert above.y + above.height < below.y
    assert drawing.boxes[-1].y + drawing.boxes[-1].height < drawing.height


@pytest.mark.parametrize("language", Language)
def test_the_glossary_has_every_term_in_every_language_in_the_order_of_the_readers(
    language: Language,
) -> None:
    terms = glossary.terms(language)
    names = [folded(one.name) for one in terms]
    assert names == sorted(names)
    assert all(all(one.names.values()) and set(one.names) == {"en", "fr", "es"} for one in terms)
    assert len(terms) > 50


@pytest.mark.parametrize("language", ["fr", "es"])
def test_the_glossary_says_what_all_other_texts_say(language: str) -> None:
    pairs = [(row["en"], row[language]) for row in glossary.entries().values()]
    pairs += [
        (m["en"], m[language])
        for row in glossary.entries().values()
        if isinstance(m := row.get("meaning"), dict)
    ]
    wrong = [
        f"{english}: {said}"
        for english, said in pairs
        for term in TERMS
        if term.is_in(str(english)) and not re.search(term.required(language), str(said), re.IGNORECASE)
    ]
    assert wrong == []


def test_a_meaning_is_given_in_all_languages_or_in_none_and_set_as_each_is() -> None:
    for anchor, row in glossary.entries().items():
        meaning = row.get("meaning", {})
        assert isinstance(meaning, dict)
        assert set(meaning) in ({"en", "fr", "es"}, set()), anchor
        assert not re.search(rf"[^{NO_BREAK}][:;?!]|'", meaning.get("fr", "")), anchor
