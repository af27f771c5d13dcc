"""Text that people typed does nothing in a message, whatever it is, in any of its forms."""

import re
from datetime import date
from typing import Any

import pytest
from icalendar import Calendar, Component

from contracts.rows import Delivery
from correspondence.inert import LONGEST, MOST, clean, shortened
from correspondence.rendering import rendered
from correspondence.specimens import kinds, order_of
from framework.terms import Language
from tests.correspondence.mailing import SITE, alternative, parsed
from tests.correspondence.test_two_forms import ALLOWED, read
from tests.storage.samples import delivery

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "end of a quotation": "</blockquote></td></table><h1>Sincerely</h1><a href='https://evil.example'>here</a>",
    "attribute": '" onmouseover="alert(1)" style="position:fixed',
    "image": "<img src=x onerror=alert(1)>",
    "style": "<style>.letter { display: none }</style><!-- ",
    "template": "{{ 7 * 7 }} {% include 'frame/html.jinja' %} {{ config }} %(name)s %s {0}",
    "entity": "&lt;script&gt; &amp; &#x3c;",
    "address": "https://evil.example/?q=1 javascript:alert(1) www.evil.example",
    "direction": "abc\u202efdp.exe\u202c \u2067x\u2069",
    "control": "a\x00b\x1b[31mc\x07\x9b",
    "lines": "one\r\n\r\n-- \r\nYours sincerely,\u2028two\x0bthree",
    "half a letter": "a\ud800b",
}
OURS = re.compile(r"\d{4}-\d\d-\d\d|[a-z0-9_.-]+|A8\.7/[A-Z]{3}/\d{4}/\d+|https://pathfinder\.example/\S*")
"""What no person types: dates, keys, numbers of letters and the addresses to which lines lead."""


def typed(kind: str, text: str, language: Language = Language.ENGLISH) -> Delivery:
    """The specimen of a kind in which people typed the text wherever people can."""
    order = order_of(kind, name=text)
    values = {name: _typed(value, text) for name, value in order.values.items()}
    event = {"event_on": date(2027, 5, 5), "event_title": text}
    made = order.model_copy(update={"values": values | {"place": text}} | event)
    return delivery(order=made, to_name=text, language=language)


def _typed(value: Any, text: str) -> Any:
    if isinstance(value, dict):
        return {name: _typed(one, text) for name, one in value.items()}
    if isinstance(value, list):
        return [_typed(one, text) for one in value]
    is_text = isinstance(value, str) and not OURS.fullmatch(value)
    return text if is_text else value


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("kind", kinds())
def test_nothing_typed_changes_what_a_message_is_made_of(kind: str, text: str) -> None:
    hostile, harmless = (rendered(typed(kind, one), SITE) for one in (text, "harmless"))
    reader, usual = read(hostile.html), read(harmless.html)
    assert reader.tags == usual.tags
    assert set(reader.tags) <= ALLOWED
    assert [name for name, _ in reader.attributes] == [name for name, _ in usual.attributes]
    assert [value for name, value in reader.attributes if name == "href"] == [
        value for name, value in usual.attributes if name == "href"
    ]
    for output in (hostile.subject, hostile.text, hostile.html):
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", output)
        assert "49" not in output


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("name", ["script", "template", "entity", "image", "attribute", "address"])
def test_what_was_typed_can_be_read_as_it_was_typed(name: str, language: Language) -> None:
    message = parsed(typed("reply_letter", HOSTILE[name], language))
    assert HOSTILE[name] in alternative(message, "plain")
    assert HOSTILE[name] in "".join(read(alternative(message, "html")).seen)


def test_lines_that_people_wrote_stay_lines_inside_their_quotation() -> None:
    text = rendered(typed("reply_letter", HOSTILE["lines"]), SITE).text
    assert "\n    one\n\n    --\n    Yours sincerely,\n    two\n    three\n" in text.replace("-- \n", "--\n")


@pytest.mark.parametrize("kind", ["reply_letter", "mwg_report", "contact_changed", "report_received"])
def test_a_text_of_any_length_makes_a_message_that_can_be_sent_and_read(kind: str) -> None:
    for text in ("x" * 100_000, '<&>" ' * 20_000, "word\n" * 20_000):
        one = typed(kind, text)
        mail = rendered(one, SITE)
        assert len(mail.subject) <= 150
        assert len(mail.html) < 300_000
        assert "is shown in part; the whole of it is on record" in mail.text or len(mail.text) < 9_000
        assert parsed(one)["To"].addresses[0].addr_spec == "ada@land.example"


def test_long_words_break_and_do_not_widen_the_page() -> None:
    html = rendered(typed("reply_letter", "x" * 5000), SITE).html
    cell = re.search(r'<td class="letter" style="([^"]*)"', html)
    assert cell is not None
    assert "overflow-wrap: anywhere" in cell[1]
    assert "word-break: break-word" in cell[1]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_nothing_typed_becomes_a_property_of_a_calendar_entry(text: str) -> None:
    hostile, harmless = (entry_of(typed("presentation", one)) for one in (text, "harmless"))
    assert set(hostile) == set(harmless)
    assert hostile["url"] == harmless["url"]
    for name in ("summary", "location"):
        assert str(hostile[name]).isprintable()


def entry_of(one: Delivery) -> Component:
    """The one entry of the one calendar that a message brings."""
    (attached,) = parsed(one).iter_attachments()
    (event,) = Calendar.from_ical(attached.get_content()).walk("VEVENT")
    return event


def test_texts_and_lists_are_cut_and_marked() -> None:
    assert shortened("x" * LONGEST) == "x" * LONGEST
    assert shortened("x" * (LONGEST + 1)) == "x" * LONGEST + " [...]"
    assert shortened({"a": [*range(MOST + 1)]})["a"] == [*range(MOST), "[...]"]
    assert shortened(7) == 7


def test_harmless_marks_of_writing_stay() -> None:
    persian = "\u0645\u06cc\u200c\u062e"
    assert clean([persian, "naïve, “quoted”", None, 3]) == [persian, "naïve, “quoted”", None, 3]
    assert clean("a\r\nb\rc\u2028d\te") == "a\nb\nc\nd\te"
