"""The two forms of a message say the same, in every kind and language; the HTML one needs nothing from elsewhere."""

import re
from html import unescape
from html.parser import HTMLParser

import pytest

from correspondence.facts import Site
from correspondence.rendering import Mail, rendered
from correspondence.specimens import kinds, specimen
from framework.terms import Language

SITE = Site("https://pathfinder.example", "secretariat@alliance87.example")
EVERYTHING = [(kind, language) for kind in kinds() for language in Language]
ALLOWED = {
    "html", "head", "meta", "title", "style", "body", "table", "tbody", "tr", "th", "td", "h1", "p", "ul", "li",
    "blockquote", "span", "bdi", "a", "br",
}  # fmt: skip
OF_ALL = {
    "mwg_report": ["Alliance 8.7", "Alliance 8.7", "Alianza 8.7"],
    "hlpf_digest": ["Alliance 8.7", "Alliance 8.7", "Alianza 8.7"],
    "sign_in": ["Alliance 8.7", "Alliance 8.7", "Alianza 8.7"],
    "digest": ["Pathfinder Countries", "Pays pionniers", "Países pioneros"],
}
"""Whose matter it is in messages that are not about one country, by language."""

HEAD = re.compile(r'<td class="head"[^>]*>(.*?)</td>.*?<h1[^>]*>(.*?)</h1>', re.DOTALL)


class Reader(HTMLParser):
    """What a reader of an HTML message gets to see, with the addresses behind its links, and which tags make it."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.hidden = False
        self.link = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes a tag; what stands in the head of a document is not seen."""
        self.tags.append(tag)
        self.attributes += attrs
        self.hidden = tag in ("style", "title") or self.hidden
        self.link = dict(attrs).get("href") or "" if tag == "a" else self.link

    def handle_endtag(self, tag: str) -> None:
        """The address of a link follows its words."""
        self.hidden = False
        if tag == "a":
            self.seen.append(self.link)

    def handle_data(self, data: str) -> None:
        """Notes what is seen."""
        if not self.hidden:
            self.seen.append(data)


def read(html: str) -> Reader:
    """An HTML message as its reader sees it."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader


def words(text: str) -> list[str]:
    """The words of a text, addresses whole, without the marks of lists and paragraphs."""
    return [word for word in re.findall(r"https?://\S+|[\w.@%+-]+", text) if re.search(r"\w", word)]


def both(kind: str, language: Language) -> Mail:
    """The specimen of a kind in a language."""
    return rendered(specimen(kind, language), SITE)


@pytest.mark.parametrize(("kind", "language"), EVERYTHING)
def test_text_and_html_have_the_same_words_in_the_same_order(kind: str, language: Language) -> None:
    mail = both(kind, language)
    head = HEAD.search(mail.html)
    assert head is not None
    assert unescape(head[2]) == mail.subject
    body = mail.html.replace(head[0], "")
    assert words(" ".join(read(body).seen)) == words(mail.text)


def test_a_word_that_only_one_form_has_is_found() -> None:
    mail = both("reminder", Language.ENGLISH)
    assert words(" ".join(read(mail.html.replace("7 days are", "8 days are")).seen)) != words(mail.text)
    assert "https://pathfinder.example/x" in words("See: https://pathfinder.example/x\nnow")


@pytest.mark.parametrize(("kind", "language"), EVERYTHING)
def test_html_needs_nothing_from_elsewhere_and_all_but_digests_have_one_link(
    kind: str, language: Language
) -> None:
    mail = both(kind, language)
    reader = read(mail.html)
    assert set(reader.tags) <= ALLOWED
    links = reader.tags.count("a")
    assert links == 1 or kind == "digest"
    named = {name for name, _ in reader.attributes}
    assert named <= {
        "lang", "charset", "name", "content", "class", "style", "role", "align", "width", "dir", "scope", "href",
    }  # fmt: skip
    assert mail.html.count("http") == mail.text.count("http") == links
    assert "url(" not in mail.html
    assert "@import" not in mail.html
    assert f'<html lang="{language.value}"' in mail.html


@pytest.mark.parametrize(("kind", "language"), EVERYTHING)
def test_styles_stand_at_their_elements_and_only_those_for_screens_in_the_head(
    kind: str, language: Language
) -> None:
    styles = re.findall(r"<style>(.*?)</style>", both(kind, language).html, re.DOTALL)
    assert all(style.strip().startswith("@media") for style in styles)
    assert 'style="' in both(kind, language).html


def test_country_and_matter_come_first_in_every_subject() -> None:
    for kind, language in EVERYTHING:
        subject = both(kind, language).subject
        first = OF_ALL.get(kind, ["Exampleland"] * 3)[[*Language].index(language)]
        colon = " : " if language is Language.FRENCH else ": "
        assert subject.startswith(first + colon)
        assert len(subject) <= 125
