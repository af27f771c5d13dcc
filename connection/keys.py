"""The key ring of the payloads in Temporal's histories: several AES-256 keys by id; the first encrypts, all open.

A ring is written as `id:key` a line (or separated by commas or spaces), the key in base64; `#` begins a comment.
"""

from __future__ import annotations

import base64
import binascii
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from types import MappingProxyType

from settings import Settings, SettingsError, write_secret

KEY_BYTES = 32
OFF = "off"
"""Instead of a ring: payloads are not encrypted; those that are can no longer be read."""

_ID = re.compile(r"[A-Za-z0-9._-]{1,40}")
_ADVICE = "`pathfinder payload-key` makes a key"


@dataclass(frozen=True)
class KeyRing:
    """Keys by id. `first` is the id of the one that encrypts. Keys are never shown."""

    first: str
    keys: Mapping[str, bytes] = field(repr=False)


def read_ring(settings: Settings) -> KeyRing | None:
    """The ring that the environment or the file holds; None where encryption was switched off.

    Raises SettingsError when there is none, or it cannot be used; the message shows no key.
    """
    given = settings.payload_keys.get_secret_value().strip() if settings.payload_keys else ""
    if given == OFF:
        return None
    if given:
        return parse_ring(given, "PATHFINDER_PAYLOAD_KEYS")
    file = settings.payload_keys_place
    try:
        return parse_ring(file.read_text(encoding="ascii"), str(file))
    except FileNotFoundError:
        raise SettingsError(
            "There are no keys to encrypt what Temporal keeps: set PATHFINDER_PAYLOAD_KEYS"
            f" ({_ADVICE}), or PATHFINDER_PAYLOAD_KEYS_FILE to a file with them, or run `pathfinder up` once,"
            f" which writes {file}. PATHFINDER_PAYLOAD_KEYS=off does without encryption."
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file} cannot be read as a key ring: {type(error).__name__}.") from None


def parse_ring(text: str, where: str) -> KeyRing:
    """The ring that is written in `text`; raises SettingsError naming the entry by its number, never its content."""
    lines = [line.partition("#")[0] for line in text.splitlines()]
    entries = [entry for line in lines for entry in re.split(r"[\s,]+", line) if entry]
    keys: dict[str, bytes] = {}
    for number, entry in enumerate(entries, 1):
        identity, key = _parsed(entry, f"{where}, key {number}")
        if identity in keys:
            raise SettingsError(f"{where}, key {number}: the id {identity} stands there twice.")
        keys[identity] = key
    if not keys:
        raise SettingsError(f"{where} holds no key; {_ADVICE}.")
    return KeyRing(first=next(iter(keys)), keys=MappingProxyType(keys))


def _parsed(entry: str, where: str) -> tuple[str, bytes]:
    identity, separator, encoded = entry.partition(":")
    if not separator or not _ID.fullmatch(identity):
        raise SettingsError(f"{where}: write id:key, the id of letters, digits and . _ - only; {_ADVICE}.")
    try:
        key = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        raise SettingsError(f"{where}: the key is not {KEY_BYTES} bytes in base64; {_ADVICE}.")
    return identity, key


def new_entry(today: date | None = None) -> str:
    """A fresh random key as it is written in a ring; its id begins with the day."""
    day = today or datetime.now(UTC).date()
    key = base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode("ascii")
    return f"{day.isoformat()}-{secrets.token_hex(2)}:{key}"


def ensure_ring(settings: Settings) -> None:
    """Write a ring with one fresh key, readable by its owner only, unless one is given or already there."""
    if settings.payload_keys is None and not settings.payload_keys_place.exists():
        write_secret(
            settings.payload_keys_place,
            "# Encrypts what Temporal keeps. Without these keys no country can be read: keep a copy elsewhere.\n"
            f"{new_entry()}\n",
        )
