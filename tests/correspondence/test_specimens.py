"""Every message can be seen before it is sent: all kinds, all languages, as the files that a reader would open."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from correspondence import rendering
from correspondence.message import Sender
from correspondence.preview import preview, write_preview
from correspondence.specimens import ADDRESS, attachments, kinds, letter_kinds, specimen
from framework.terms import Language

NOW = datetime(2027, 4, 23, 8, tzinfo=UTC)
SENDER = Sender(
    mail_from="Secretariat of Alliance 8.7 <mail@alliance.example>", public_url="https://p.example"
)
EVERYTHING = [(kind, language) for kind in kinds() for language in Language]


def test_there_is_a_specimen_of_every_kind_of_message_and_of_no_other() -> None:
    assert kinds() == rendering.kinds()


@pytest.mark.clause("REP-07")
@pytest.mark.parametrize(("kind", "language"), EVERYTHING)
def test_every_kind_of_message_can_be_seen_in_every_language(kind: str, language: Language) -> None:
    files = preview(specimen(kind, language), SENDER, NOW)
    assert {".eml", ".txt", ".html"} <= set(files)
    message = message_from_bytes(files[".eml"], policy=default)
    assert message["Content-Language"] == language.value
    assert message["To"].addresses[0].addr_spec == ADDRESS
    html, text = files[".html"].decode(), files[".txt"].decode()
    assert f'<html lang="{language.value}"' in html
    for leftover in ("{{", "{%", "None", "Undefined", "…"):
        assert leftover not in html + text


@pytest.mark.parametrize(("kind", "language"), EVERYTHING)
def test_no_message_is_heavy_on_a_slow_line(kind: str, language: Language) -> None:
    files = preview(specimen(kind, language), SENDER, NOW)
    assert len(files[".html"]) < 20_000


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", letter_kinds())
def test_every_letter_of_record_can_be_seen_with_the_message_that_brings_it(
    kind: str, language: Language
) -> None:
    message = specimen(kind, language)
    files = preview(message, SENDER, NOW, attachments(message))
    assert files[".pdf"].startswith(b"%PDF-")
    assert files[".pdf"] in (one.content for one in attachments(message))


def test_what_is_shown_is_what_would_be_sent_and_the_same_again(tmp_path: Path) -> None:
    message = specimen("presentation", Language.FRENCH)
    first, again = (preview(message, SENDER, NOW) for _ in range(2))
    assert first == again
    assert first[".ics"].startswith(b"BEGIN:VCALENDAR")
    paths = write_preview(first, tmp_path / "deep" / "er", "presentation-fr")
    assert sorted(path.suffix for path in paths) == [".eml", ".html", ".ics", ".txt"]
    assert {path.suffix: path.read_bytes() for path in paths} == first
