"""Every key has its words: nothing that people read is missing, empty, malformed or left over."""

import ast
import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

import wording
from framework import alliance, candidacy, facts, terms
from framework.benefits import BENEFITS
from framework.facts import COMBINATION, Candidacy, Indicator
from framework.findings import Finding, Findings
from framework.obligations import KINDS, Context, admissible, check
from framework.policy import Policy
from framework.records.alliance import AllianceSubmission
from framework.terms import Category, Language, Role, Status
from tests.framework import complete
from wording import UNKNOWN, catalogue, say, sentence

ROOT = Path(__file__).resolve().parents[1]
ENGLISH = catalogue("en")
NAMES = {"entry", "task", "benefit", "benefit_state", "indicator", "dialogue_outcome"}
"""Sections of the catalogue that name things, besides those of the enumerations."""

DATES_OF_A_YEAR = {"judged_on", "due_on", "came_on", "comments_on", "final_due_on"}


@cache
def nodes(folder: str) -> list[ast.AST]:
    """All that is written in the modules below a folder; read when a test asks, not when tests are looked for."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in sorted((ROOT / folder).rglob("*.py"))]
    return [node for tree in trees for node in ast.walk(tree)]


def findings_made() -> Iterator[tuple[ast.expr, set[str] | None]]:
    """Key and names of values of every finding that is made; None where the names come from elsewhere."""
    for call in nodes("framework") + nodes("workflows"):
        if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name)):
            continue
        given = {word.arg: word.value for word in call.keywords if word.arg}
        if call.func.id in {"problem", "warning"} and call.args:
            yield call.args[0], set(given) - {"where", "clause"}
        elif call.func.id == "Finding" and "key" in given:
            yield given["key"], _names(given.get("values"))


def _names(values: ast.expr | None) -> set[str] | None:
    if values is None:
        return set()
    if isinstance(values, ast.Dict) and all(isinstance(key, ast.Constant) for key in values.keys):
        return {str(key.value) for key in values.keys if isinstance(key, ast.Constant)}
    return None


@cache
def literal() -> list[tuple[str, set[str] | None]]:
    """Every finding whose key stands in the code, with the names of its values."""
    return [(str(key.value), names) for key, names in findings_made() if isinstance(key, ast.Constant)]


@cache
def patterns() -> list[str]:
    """What the keys look like that the code puts together."""
    return [
        "".join(
            re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"[a-z_]+"
            for part in key.values
        )
        for key, _ in findings_made()
        if isinstance(key, ast.JoinedStr)
    ]


@cache
def constants() -> set[str]:
    """Every text in the code that could be a key."""
    return {
        node.value
        for folder in ("framework", "workflows", "api")
        for node in nodes(folder)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def sections() -> dict[str, type[StrEnum]]:
    """The enumerations by the section that names their members: `TaskState` is `task_state`."""
    kinds = {
        name: kind
        for name, kind in vars(terms).items()
        if isinstance(kind, type) and issubclass(kind, StrEnum) and kind is not StrEnum
    }
    return {re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower(): kind for name, kind in kinds.items()}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def is_name(key: str) -> bool:
    section, _, rest = key.partition(".")
    return section in NAMES | set(sections()) and "." not in rest


def test_every_finding_that_the_rules_can_make_has_its_sentence() -> None:
    assert len(literal()) > 300
    assert sorted({key for key, _ in literal()} - set(ENGLISH)) == []


def test_every_refusal_of_the_countrys_process_has_its_sentence() -> None:
    keys = {text for text in constants() if re.fullmatch(r"submission\.[a-z_]+", text)}
    assert len(keys) > 15
    assert sorted(keys - set(ENGLISH)) == []


def test_every_member_of_every_vocabulary_is_named() -> None:
    named = {f"{section}.{member.value}" for section, kind in sections().items() for member in kind}
    assert len(sections()) >= 15
    assert sorted(named - set(ENGLISH)) == []


def test_every_kind_of_entry_of_indicator_and_of_benefit_is_named() -> None:
    keys = {f"entry.{kind}" for kind in (*KINDS, *alliance.KINDS, "expression_of_interest")}
    keys |= {f"indicator.{one}" for one in (*Indicator, COMBINATION)}
    keys |= {f"benefit.{one}" for one in BENEFITS}
    assert sorted(keys - set(ENGLISH)) == []
    assert facts.COMBINATION == "combination"


def test_every_entry_and_task_that_the_process_writes_is_named() -> None:
    written = {"note": "entry", "open_task": "task"}
    keys = {
        f"{written[node.func.attr]}.{node.args[0].value!s}"
        for node in nodes("workflows")
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in written
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }
    assert len(keys) > 40
    assert sorted(keys - set(ENGLISH)) == []


def test_no_sentence_of_a_finding_is_left_over() -> None:
    sentences = [key for key in ENGLISH if not is_name(key)]
    used = [
        key for key in sentences if key in constants() or any(re.fullmatch(one, key) for one in patterns())
    ]
    assert sorted(set(sentences) - set(used)) == []


def test_no_sentence_is_empty_doubled_or_malformed() -> None:
    path = ROOT / "locale" / "en" / "LC_MESSAGES" / "pathfinder.po"
    with path.open("rb") as file:
        read: Catalog = read_po(file, abort_invalid=True)
    assert [one.id for one in read if one.id and not str(one.string).strip()] == []
    ids = re.findall(r'^msgid "(.+)"$', path.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(ids) == len(set(ids)) == len(ENGLISH)
    assert [key for key in ids if not re.fullmatch(r"[a-z_]+(\.[a-z0-9_]+)+", key)] == []
    assert [name for text in ENGLISH.values() for name in placeholders(text) if not name.isidentifier()] == []


def test_a_sentence_mentions_only_what_it_is_given() -> None:
    elsewhere = DATES_OF_A_YEAR | {"year", "number", "numbers", "categories"}
    given = [(key, elsewhere if names is None else names) for key, names in literal()]
    assert {
        key: placeholders(ENGLISH[key]) - names for key, names in given if placeholders(ENGLISH[key]) - names
    } == {}


def test_a_reason_of_the_process_mentions_only_kind_and_year() -> None:
    moments = [key for key in constants() if key.startswith("submission.") and key not in dict(literal())]
    assert moments
    assert [key for key in moments if not placeholders(ENGLISH[key]) <= {"kind", "year"}] == []


def everything_that_is_missing() -> Iterator[Finding]:
    """What the rules find in empty submissions of every kind, and in a candidacy that has only begun."""
    context = Context(
        status=Status.ACTIVE, today=date(2028, 4, 20), priorities=("mines",), comment_numbers=(1,)
    )
    judged: list[Findings] = [check(type(one)(), context) for one in complete.every_kind().values()]
    about = alliance.AllianceFacts(today=date(2028, 4, 20), policy=Policy())
    judged += [alliance.check(kind(), about) for kind in AllianceSubmission.__args__]
    judged += [admissible(kind, Role.OPERATOR, Status.WITHDRAWN) for kind in KINDS]
    yield from (finding for one in judged for finding in one.problems + one.warnings)
    yield from candidacy.unmet(Candidacy())
    begun = Candidacy(workshops=1, categories_identified=(Category.SURVIVORS,), unanswered_comments=(1, 2))
    yield from candidacy.unmet(begun)


@pytest.mark.parametrize("language", list(Language))
def test_what_is_missing_reads_as_a_sentence_without_gaps(language: Language) -> None:
    said = {(one.key, one.where): sentence(one, language) for one in everything_that_is_missing()}
    assert len(said) > 150
    assert [where for where, text in said.items() if text in where or UNKNOWN in text] == []
    assert [where for where, text in said.items() if not text.endswith(".")] == []


@pytest.mark.parametrize(
    ("language", "ending"),
    [
        ("en", "missing: employers' organizations, workers' organizations."),
        ("fr", "manquante\u00a0: organisations d\u2019employeurs, organisations de travailleurs."),
        ("es", "falta la participación de: organizaciones de empleadores, organizaciones de trabajadores."),
    ],
)
def test_keys_within_a_sentence_are_named_too(language: str, ending: str) -> None:
    finding = Finding(
        key="consultations.social_partners.missing", values={"categories": "employers, workers"}
    )
    assert sentence(finding, language).endswith(ending)


def test_a_key_without_words_is_shown_as_it_is() -> None:
    assert say("no.such.key", {"name": "x"}) == "no.such.key"


def test_a_language_without_words_falls_back_to_english() -> None:
    assert say("status.active", language="xx") == say("status.active")


@pytest.mark.parametrize("language", ["", "../en", "en/../en", "EN\x00", "pathfinder.po"])
def test_a_language_that_is_none_opens_no_file(language: str) -> None:
    assert dict(catalogue(language)) == {}
    assert say("status.active", language=language) == say("status.active")


@pytest.mark.parametrize("value", ["{date}", "{0}", "{{x}}", "{date.__class__}", "%s", "}{", "<b>"])
def test_a_value_is_inert_text(value: str) -> None:
    assert say("date.future", {"date": value}).startswith(f"{value} lies in the future")


def test_a_value_that_was_not_given_never_raises() -> None:
    assert say("date.future").startswith(f"{UNKNOWN} lies")
    assert say("date.future", {"other": "x"}).startswith(f"{UNKNOWN} lies")


def test_a_translation_comes_first_and_what_it_lacks_comes_in_english(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for language, text in {"en": "Late", "fr": "En retard"}.items():
        folder = tmp_path / language / "LC_MESSAGES"
        folder.mkdir(parents=True)
        more = (
            'msgid "a.only"\nmsgstr "Only {here"\n'
            if language == "en"
            else '#, fuzzy\nmsgid "a.only"\nmsgstr "Ici"\n'
        )
        (folder / "pathfinder.po").write_text(f'msgid "a.late"\nmsgstr "{text}"\n\n{more}', encoding="utf-8")
    monkeypatch.setattr(wording, "CATALOGUES", tmp_path)
    catalogue.cache_clear()
    try:
        assert say("a.late", language="fr") == "En retard"
        assert say("a.only", language="fr") == "Only {here"
        assert say("a.late", language="es") == "Late"
    finally:
        catalogue.cache_clear()
