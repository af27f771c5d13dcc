"""The operators' guide as pages: our own documents in docs/, set from Markdown, headings as places to link to."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

FOLDER = Path(__file__).resolve().parents[2] / "docs"
HERE = "/desk/guide"

_LINK = re.compile(r"(?P<name>[a-z-]+)\.md(?P<anchor>#[\w-]+)?")


@dataclass(frozen=True, kw_only=True)
class Guide:
    """A document: its title, its text as HTML, the headings of its parts by the places that they are at."""

    title: str
    html: Markup
    parts: Sequence[tuple[str, str]]


def names() -> list[str]:
    """The documents that there are."""
    return sorted(path.stem for path in FOLDER.glob("*.md"))


@cache
def guide(name: str) -> Guide | None:
    """A document by name, or None."""
    if name not in names():
        return None
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse((FOLDER / f"{name}.md").read_text(encoding="utf-8"))
    headings = [
        (one.tag, tokens[at + 1].content) for at, one in enumerate(tokens) if one.type == "heading_open"
    ]
    for place, one in zip(
        (slug(text) for _, text in headings),
        (one for one in tokens if one.type == "heading_open"),
        strict=True,
    ):
        one.attrSet("id", place)
    # Safe to show as it is: made of our own documents, with HTML switched off.
    made = reader.renderer.render(_without_title(_reachable(tokens)), reader.options, {})
    return Guide(
        title=headings[0][1],
        html=Markup(_scrolling(made)),
        parts=[(slug(text), text.replace("`", "")) for tag, text in headings if tag == "h2"],
    )


def slug(heading: str) -> str:
    """The place of a heading, as GitHub names it."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def _without_title(tokens: list[Token]) -> list[Token]:
    """The page has the title already."""
    end = next(at for at, one in enumerate(tokens) if one.type == "heading_close")
    return tokens[end + 1 :]


def _reachable(tokens: list[Token]) -> list[Token]:
    """Links to other documents lead to their pages; those to what is no page say where it lies."""
    for one in (child for token in tokens for child in token.children or ()):
        if one.type == "link_open":
            target = str(one.attrGet("href"))
            found = _LINK.fullmatch(target)
            if found and found["name"] in names():
                one.attrSet("href", f"{HERE}/{found['name']}{found['anchor'] or ''}")
            elif not target.startswith(("http:", "https:", "#")):
                one.tag, one.attrs = "span", {"title": target}
    for token in tokens:
        _close(token.children or [])
    return tokens


def _close(children: list[Token]) -> None:
    """What was opened as a span is closed as one."""
    opened: list[str] = []
    for one in children:
        if one.type == "link_open":
            opened.append(one.tag)
        elif one.type == "link_close":
            one.tag = opened.pop()


def _scrolling(html: str) -> str:
    """Wide tables and code scroll by themselves, by keyboard too."""
    html = html.replace("<table>", '<div class="scrolls" tabindex="0"><table>').replace(
        "</table>", "</table></div>"
    )
    return html.replace("<pre>", '<pre tabindex="0">')
