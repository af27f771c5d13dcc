"""Puts an order into words: a subject and a plain text, from the template of its kind."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import ChainableUndefined, Environment, FileSystemLoader, TemplateError

import wording
from activities.dates import deadline, distance, written
from contracts.names import ALLIANCE_CODE
from contracts.rows import Delivery
from contracts.state import MailOrder

LETTERS = Path(__file__).parent / "letters"
GENERIC = "generic"
FRAME = "frame"
SUBJECT_LENGTH = 150

Words = Callable[[str, Mapping[str, str]], str]
"""Puts a key of the rules and what it mentions into words."""

_KIND = re.compile(r"[a-z0-9_]+")
_YEAR_BEHIND = re.compile(r"(?<=[a-z])-(\d{4})$")
_SHORT = {"mwg": "MWG", "gcm": "GCM", "nap": "NAP", "hlpf": "HLPF"}
_ENCODED_WORD = re.compile(r"=\?")


@dataclass(frozen=True)
class Text:
    """What a message says."""

    subject: str
    body: str


def plain_words(key: str, values: Mapping[str, str]) -> str:
    """A key as readable as it is by itself: `roadmap.no_budget` is `roadmap: no budget`."""
    said = key.replace(".", ": ").replace("_", " ")
    mentioned = ", ".join(str(value) for value in values.values())
    return f"{said} ({mentioned})" if mentioned else said


def rendered(delivery: Delivery, public_url: str, words: Words = wording.say) -> Text:
    """The subject and text of a message. A kind without a template of its own is told with what is known."""
    known = _context(delivery, public_url)
    try:
        return _from_template(delivery.order.kind, known, words)
    except (TemplateError, TypeError, ValueError, AttributeError):
        # A value of another shape than the template expects must not keep a message from its reader.
        return _from_template(GENERIC, known, words)


def header_safe(value: str) -> str:
    """Text that can stand in a header: one line, no control or direction marks, no encoded words."""
    visible = "".join(
        " " if unicodedata.category(letter) in ("Cc", "Zl", "Zp") else letter for letter in value
    )
    kept = "".join(
        letter for letter in visible if unicodedata.category(letter) not in ("Cf", "Cs", "Co", "Cn")
    )
    return " ".join(_ENCODED_WORD.sub("= ?", kept).split())


def _from_template(kind: str, known: dict[str, Any], words: Words) -> Text:
    environment = _environment()
    name = kind if _has_template(kind) else GENERIC
    subject, _, body = (LETTERS / f"{name}.txt").read_text(encoding="utf-8").partition("\n\n")
    context = known | {
        "say": lambda each: _said(each, words),
        "named": lambda section, key: _named(section, key, words),
    }
    text = environment.from_string(body).render(context).strip()
    framed = environment.get_template(f"{FRAME}.txt").render(context, body=text)
    title = header_safe(environment.from_string(subject).render(context))
    return Text(title[:SUBJECT_LENGTH], _tidy(framed))


def _has_template(kind: str) -> bool:
    return bool(_KIND.fullmatch(kind)) and kind != FRAME and (LETTERS / f"{kind}.txt").is_file()


def _context(delivery: Delivery, public_url: str) -> dict[str, Any]:
    order = delivery.order
    values = {name: _clean(value) for name, value in order.values.items()}
    due_on = values.get("due_on") or (values.get("until") if order.kind == "extension_granted" else None)
    return values | {
        "values": values,
        "kind": order.kind,
        "code": order.country,
        "country": _country(order, values),
        "cycle": order.cycle,
        "name": header_safe(delivery.to_name),
        "task": order.task,
        "task_kind": values.get("task_kind") or order.task.partition("-")[0] or "contribution",
        "due": deadline(due_on, values.get("deadline")) if due_on else "",
        "link": _link(order, public_url),
    }


def _country(order: MailOrder, values: Mapping[str, Any]) -> str:
    if order.country == ALLIANCE_CODE:
        return "Alliance 8.7"
    return header_safe(str(values.get("country_name") or order.country))


def _link(order: MailOrder, public_url: str) -> str:
    base = f"{public_url.rstrip('/')}/api/v1"
    if document := order.values.get("document"):
        return f"{base}/documents/{document}"
    if order.country == ALLIANCE_CODE:
        return f"{base}/tasks"
    return f"{base}/countries/{order.country}" + (f"/tasks/{order.task}" if order.task else "")


@lru_cache(maxsize=1)
def _environment() -> Environment:
    # Plain text: there is no mark-up to escape, and escaping would spoil names such as "O'Neill & Co".
    environment = Environment(
        loader=FileSystemLoader(LETTERS),
        autoescape=False,
        undefined=ChainableUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "written": written,
        "deadline": deadline,
        "distance": distance,
        "words": _matter,
        "listed": _listed,
    }
    return environment


def _matter(value: Any) -> str:
    """A kind or the key of a task as a matter: `mwg_comments-2027` is `MWG comments 2027`."""
    apart = _YEAR_BEHIND.sub(r" \1", str(value))
    return " ".join(_SHORT.get(word, word) for word in plain_words(apart, {}).split(" "))


def _said(finding: Any, words: Words) -> str:
    key, values = str(finding), {}
    if isinstance(finding, Mapping):
        key, values = str(finding.get("key", "")), dict(finding.get("values") or {})
    said = words(key, values)
    return plain_words(key, values) if said == key else said


def _named(section: str, key: Any, words: Words) -> str:
    """The name that the catalogue gives to a key; what people called it themselves stays as it is."""
    said = words(f"{section}.{key}", {})
    return str(key) if said == f"{section}.{key}" else said


def _listed(items: Any) -> str:
    """A list as lines; of a mapping, each name with its value."""
    if isinstance(items, Mapping):
        lines = [f"{_matter(name)}: {written(value)}" for name, value in items.items()]
    else:
        lines = [written(item) for item in items] if isinstance(items, list | tuple) else [str(items)]
    return "\n".join(f"- {line}" for line in lines)


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        lines = value.replace("\r\n", "\n").replace("\r", "\n")
        return "".join(
            each for each in lines if each in "\n\t" or unicodedata.category(each) not in ("Cc", "Cs")
        )
    if isinstance(value, Mapping):
        return {str(name): _clean(each) for name, each in value.items() if each is not None}
    return [_clean(each) for each in value] if isinstance(value, list | tuple) else value


def _tidy(text: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
