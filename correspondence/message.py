"""Makes the message itself: headers that nobody can inject into, one recipient, a lasting identity."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from contracts.names import DIGEST
from contracts.rows import Delivery
from correspondence.diary import calendar_files
from correspondence.facts import Site
from correspondence.inert import header_safe
from correspondence.rendering import rendered

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,253}")
_NAME_UNSAFE = re.compile(r'["\\<>()\[\],:;@]')
"""What gives structure to a header of addresses: a long name that has it can be folded into another address."""

_IDENTITY = re.compile(r"[A-Za-z0-9._-]{1,200}")


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A message with its envelope, which has one recipient: a partial refusal cannot happen."""

    sender: str
    recipient: str
    content: bytes


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """A document that goes along with a message."""

    name: str
    media_type: str
    content: bytes


class AddressRefused(ValueError):
    """What should be an e-mail address is none; no message can go there."""


@dataclass(frozen=True, kw_only=True)
class Sender:
    """Who writes: `mail_from` as `Name <address>`, and the address of the API that messages link to.

    `link_secret` signs links that do something by themselves.
    """

    mail_from: str
    public_url: str
    link_secret: str = field(default="", repr=False)

    @property
    def address(self) -> str:
        """The address alone, for the envelope. Raises AddressRefused when there is none."""
        return checked_address(parseaddr(self.mail_from)[1])

    @property
    def site(self) -> Site:
        """Where messages lead and who helps: whoever the messages come from."""
        return Site(url=self.public_url, helper=self.address, link_secret=self.link_secret)

    @property
    def host(self) -> str:
        """The part behind the @, which makes identities ours."""
        return self.address.rpartition("@")[2]


def letter_for(
    delivery: Delivery, sender: Sender, now: datetime, attachments: Sequence[Attachment] = ()
) -> Letter:
    """The message to one recipient, ready to be handed over. `now`: the moment of sending.

    Raises AddressRefused when the recipient's address is none.
    """
    recipient = checked_address(delivery.to_email)
    mail = rendered(delivery, sender.site, now)
    message = EmailMessage(policy=SMTP)
    message["From"] = _person(parseaddr(sender.mail_from)[0], sender.address)
    message["To"] = _person(delivery.to_name, recipient)
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(now)
    message["Message-ID"] = message_id(delivery.key, sender.host)
    message["References"] = message["In-Reply-To"] = _thread(delivery, sender.host)
    message["Auto-Submitted"] = "auto-generated"
    for name, value in list_headers(delivery, sender).items():
        message[name] = value
    message.set_content(mail.text, cte="quoted-printable")
    message.add_alternative(mail.html, subtype="html", cte="quoted-printable")
    for file in calendar_files(delivery, sender.site):
        message.add_attachment(
            file.content.decode(),
            subtype="calendar",
            params={"method": file.method},
            filename=file.name,
            cte="quoted-printable",
        )
    for each in attachments:
        main, _, sub = each.media_type.partition("/")
        message.add_attachment(
            each.content, maintype=main, subtype=sub, filename=header_safe(each.name), cte="base64"
        )
    # Last: what begins with Content- goes into the first part when a message gets a second one.
    message["Content-Language"] = delivery.language.value
    _fix_boundaries(message, delivery.key)
    return Letter(sender=sender.address, recipient=recipient, content=message.as_bytes())


def list_headers(delivery: Delivery, sender: Sender) -> dict[str, str]:
    """What a digest says to mail programs (RFC 2919, RFC 2369): that it is one of a series, and how to end that."""
    if delivery.order.kind != DIGEST:
        return {}
    return {
        "List-Id": f"<digest.pathfinder.{sender.host}>",
        "List-Unsubscribe": f"<mailto:{sender.address}?subject=unsubscribe>",
    }


def _fix_boundaries(message: EmailMessage, key: str) -> None:
    """Boundaries that come from the key: the same message has the same bytes in every attempt."""
    parts = (part for part in message.walk() if part.is_multipart())
    for number, part in enumerate(parts):
        digest = hashlib.sha256(f"{number} {key}".encode("utf-8", "replace")).hexdigest()
        part.set_boundary(f"=_{digest[:40]}")


def message_id(key: str, host: str) -> str:
    """The identity of a message, the same in every attempt: a reader's mail program shows it once."""
    return f"<{_identity(key)}@{host}>"


def checked_address(address: str) -> str:
    """An e-mail address as it goes into an envelope. Raises AddressRefused."""
    local, _, domain = address.strip().rpartition("@")
    try:
        plain = f"{local}@{domain.encode('idna').decode()}"
    except UnicodeError:
        plain = ""
    if not _ADDRESS.fullmatch(plain) or ".." in plain or local.startswith(".") or local.endswith("."):
        raise AddressRefused(f"{header_safe(address)[:100]!r} is no e-mail address that mail can be sent to")
    return plain


def _person(name: str, address: str) -> Address:
    local, _, domain = address.rpartition("@")
    plain = header_safe(_NAME_UNSAFE.sub(" ", name))
    return Address(display_name=plain[:100], username=local, domain=domain)


def _thread(delivery: Delivery, host: str) -> str:
    order = delivery.order
    return f"<{_identity(f'{order.country}-{order.cycle}')}.thread@{host}>"


def _identity(key: str) -> str:
    return key if _IDENTITY.fullmatch(key) else hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()
