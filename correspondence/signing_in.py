"""The link and the code of a message by which somebody signs in: made where they are sent and where they are checked.

The order of the message carries an id and nothing secret, so that neither the histories of Temporal nor the ledger of
mail can let anybody in. Both sides make the secrets of that id with the installation's own.
"""

import base64
import hashlib
import hmac
import re

from contracts.rows import Delivery

KIND = "sign_in"
PAGE = "/sign-in/link"

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Of codes: no characters that are mistaken for others when they are read out or copied by hand."""

CODE_LENGTH = 8
TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_CODE = re.compile(rf"[{ALPHABET}]{{{CODE_LENGTH}}}")


def token_of(secret: str, id: str) -> str:
    """What the link of a sign-in ends in."""
    return base64.urlsafe_b64encode(_digest(secret, "token", id)).rstrip(b"=").decode()


def code_of(secret: str, id: str) -> str:
    """The code of a sign-in, for typing."""
    number = int.from_bytes(_digest(secret, "code", id))
    letters = []
    for _ in range(CODE_LENGTH):
        number, place = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[place])
    return "".join(letters)


def typed_code(text: str) -> str:
    """A code as somebody typed it, in whatever case and with spaces or hyphens; empty for what cannot be one."""
    code = re.sub(r"[\s\-\u2010-\u2015]", "", text[:60]).upper()
    return code if _CODE.fullmatch(code) else ""


def shown_code(code: str) -> str:
    """A code in two halves: `7K2M-9XQD`."""
    return f"{code[: CODE_LENGTH // 2]}-{code[CODE_LENGTH // 2 :]}"


def sign_in_link(delivery: Delivery, url: str, secret: str) -> str | None:
    """The link of a message by which somebody signs in; None for any other, or without a secret."""
    id = _id_of(delivery, secret)
    return f"{url.rstrip('/')}{PAGE}/{token_of(secret, id)}" if id else None


def sign_in_code(delivery: Delivery, secret: str) -> str:
    """The code of such a message as it is shown; empty for any other."""
    id = _id_of(delivery, secret)
    return shown_code(code_of(secret, id)) if id else ""


def _id_of(delivery: Delivery, secret: str) -> str:
    return str(delivery.order.values.get("sign_in") or "") if secret and delivery.order.kind == KIND else ""


def _digest(secret: str, what: str, id: str) -> bytes:
    """With a key of its own: nothing that is made here passes for another secret of the installation."""
    key = hmac.digest(secret.encode(), b"pathfinder sign-in", hashlib.sha256)
    return hmac.digest(key, f"{what} {id}".encode(), hashlib.sha256)
