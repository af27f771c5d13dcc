"""Seeing before sending: a message as the files that its reader's programs would open."""

from collections.abc import Sequence
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from contracts.rows import Delivery
from correspondence.message import Attachment, Sender, letter_for

SUFFIX_OF = {
    "text/plain": ".txt",
    "text/html": ".html",
    "text/calendar": ".ics",
    "application/pdf": ".pdf",
}


def preview(
    delivery: Delivery, sender: Sender, now: datetime, attachments: Sequence[Attachment] = ()
) -> dict[str, bytes]:
    """The files of a message by their suffix: the whole as `.eml`, and each of its parts. `now`: the moment of sending.

    The parts are taken out of the message itself, so nothing is shown that would not be sent.
    Raises AddressRefused when the recipient's address is none.
    """
    content = letter_for(delivery, sender, now, attachments).content
    message = message_from_bytes(content, _class=EmailMessage, policy=default)
    files = {".eml": content}
    for part in message.walk():
        suffix = SUFFIX_OF.get(part.get_content_type())
        if suffix:
            files.setdefault(suffix, _bytes_of(part))
    return files


def write_preview(files: dict[str, bytes], folder: Path, name: str) -> list[Path]:
    """Writes the files of a preview into a folder, which is made if need be. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{name}{suffix}" for suffix in files]
    for path, content in zip(paths, files.values(), strict=True):
        path.write_bytes(content)
    return paths


def _bytes_of(part: EmailMessage) -> bytes:
    content = part.get_content()
    return content.encode() if isinstance(content, str) else bytes(content)
