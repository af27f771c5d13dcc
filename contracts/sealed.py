"""How an encrypted payload looks in a history, and the converter that says so in words when it could not be opened.

Encrypting and opening is `connection.codec`'s; processes and converters only need to recognise what is sealed.
"""

from typing import Any

from temporalio.api.common.v1 import Payload
from temporalio.contrib.pydantic import PydanticPayloadConverter
from temporalio.converter import CompositePayloadConverter, EncodingPayloadConverter

ENCODING = b"binary/pathfinder-sealed"
"""The encoding of an encrypted payload."""

KEY_ID = "key-id"
COMPRESSION = "compression"
"""In the metadata of an encrypted payload: which key opens it; how it was compressed before, if it was."""

NONCE_BYTES = 12
"""An encrypted payload's data begin with so many random bytes, which no other payload of its key has."""

OPENED = "opened"
"""In the metadata of a payload that came encrypted and was opened: those bytes, by which it is known."""


class StillSealed(ValueError):
    """A payload that could not be opened was asked for its content."""


def is_sealed(payload: Payload) -> bool:
    """Whether a payload is encrypted by us."""
    return payload.metadata.get("encoding", b"") == ENCODING


def seal_of(payload: Payload) -> str:
    """By what a payload that is, or came, encrypted is known (hexadecimal); empty for all others."""
    mark = payload.data[:NONCE_BYTES] if is_sealed(payload) else payload.metadata.get(OPENED, b"")
    return mark[:NONCE_BYTES].hex()


class SealedConverter(EncodingPayloadConverter):
    """Stands where a payload arrives that the codec had to leave encrypted: says which key is asked for."""

    @property
    def encoding(self) -> str:
        """See base class."""
        return ENCODING.decode()

    def to_payload(self, value: Any) -> Payload | None:
        """Nothing is made here: the codec seals what the other converters made."""
        return None

    def from_payload(self, payload: Payload, type_hint: type | None = None) -> Any:
        """Raises StillSealed."""
        key = payload.metadata.get(KEY_ID, b"").decode("ascii", "replace")[:60]
        raise StillSealed(
            f"This payload is encrypted with the key {key!r}: that key is not in the key ring here"
            " (PATHFINDER_PAYLOAD_KEYS), or the payload is damaged."
        )


class Converter(CompositePayloadConverter):
    """Pydantic's converter, which also recognises what is sealed."""

    def __init__(self) -> None:
        super().__init__(*PydanticPayloadConverter().converters.values(), SealedConverter())
