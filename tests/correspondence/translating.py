"""What can be wrong with translations, and with templates that are to be translated: each finding is a sentence."""

import re
from collections.abc import Iterator

from babel.messages.catalog import Catalog, Message
from jinja2 import Environment, nodes

TRANSLATING = {"_": 1, "gettext": 1, "ngettext": 2}
"""The functions that translate, and how many of their arguments are texts."""

KEYED = {"named", "names", "selectattr"}
"""Filters whose arguments are names for the program, not texts for people."""

_PLACEHOLDER = re.compile(r"%\(\w+\)s")
_STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_LETTERS = re.compile(r"[^\W\d_]")
_PARSER = Environment(extensions=["jinja2.ext.i18n"])


def wrong_with(catalog: Catalog, template: Catalog) -> list[str]:
    """What is wrong with a language's translations of the texts in a template."""
    wanted, there = ({_key(one): one for one in many if one.id} for many in (template, catalog))
    found = [f"missing: {key}" for key in wanted.keys() - there.keys()]
    found += [f"obsolete: {key}" for key in there.keys() - wanted.keys()]
    found += [f"obsolete: {key}" for key in catalog.obsolete]
    found += [problem for one in there.values() for problem in _wrong_with(one, catalog)]
    return found


def _wrong_with(message: Message, catalog: Catalog) -> Iterator[str]:
    key, strings = _key(message), forms_of(message.string)
    if not all(text.strip() for text in strings):
        yield f"empty: {key}"
        return
    if message.fuzzy:
        yield f"fuzzy: {key}"
    if isinstance(message.id, tuple) and len(strings) != catalog.num_plurals:
        yield f"plural forms: {key}"
    placeholders = {*_PLACEHOLDER.findall(forms_of(message.id)[-1])}
    if any({*_PLACEHOLDER.findall(text)} != placeholders for text in strings):
        yield f"placeholders: {key}"
    yield from (f"malformed: {key}: {error}" for error in message.check(catalog))


def _key(message: Message) -> str:
    return forms_of(message.id)[0]


def forms_of(texts: object) -> list[str]:
    """The forms of a text: one, or those of a plural."""
    return [str(one) for one in texts] if isinstance(texts, tuple | list) else [str(texts or "")]


def untranslatable(source: str) -> list[str]:
    """Texts of a template that no catalogue can have: literal ones, and those that are put together as it runs."""
    tokens = _PARSER.lex(source)
    data = "".join(value if kind == "data" else "\0" for _, kind, value in tokens)
    literal = [text.strip() for text in _TAG.sub("\n", _STYLE.sub("", data)).split("\n")]
    found = [f"literal: {text}" for text in literal if _LETTERS.search(text.replace("\0", ""))]
    return [*found, *_constants(_PARSER.parse(source))]


def _constants(node: nodes.Node) -> Iterator[str]:
    if isinstance(node, nodes.Const):
        if isinstance(node.value, str) and _LETTERS.search(node.value):
            yield f"literal: {node.value}"
    elif isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name in TRANSLATING:
        texts = TRANSLATING[node.node.name]
        yield from ("put together: a text is no constant" for one in node.args[:texts] if not _is_text(one))
        for part in (*node.args[texts:], *node.kwargs):
            yield from _constants(part)
    else:
        for part in _shown(node):
            yield from _constants(part)


def _shown(node: nodes.Node) -> list[nodes.Node]:
    """The parts of a node that people may get to read: no conditions, keys and names of files."""
    if isinstance(node, nodes.Compare | nodes.Include | nodes.TemplateData):
        return []
    if isinstance(node, nodes.Filter) and node.name in KEYED:
        return [node.node] if node.node else []
    if isinstance(node, nodes.Pair):
        return [node.value]
    if isinstance(node, nodes.Getitem | nodes.Getattr):
        return [node.node]
    if isinstance(node, nodes.CondExpr | nodes.If):
        return [part for part in node.iter_child_nodes() if part is not node.test]
    return [*node.iter_child_nodes()]


def _is_text(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Const) and isinstance(node.value, str)
