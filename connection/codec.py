"""Encrypts payloads before they leave for the Temporal server, and opens those that come back (AES-256-GCM).

What cannot be opened (unknown key, damaged) is handed on as it came and never raises here: a signal like that is
refused on record by its process, everything else fails where its content is needed (`contracts.sealed.Converter`).
"""

from __future__ import annotations

import logging
import os
import zlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from temporalio.api.common.v1 import Payload
from temporalio.converter import PayloadCodec

from connection.keys import KeyRing
from contracts.sealed import COMPRESSION, ENCODING, KEY_ID, NONCE_BYTES, OPENED, is_sealed

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

log = logging.getLogger(__name__)

ZLIB = b"zlib"
LEVEL = 1
"""Of zlib: the quickest; slower ones save a twentieth more on our JSON (docs/measurements.md)."""

SMALLEST = 200
"""Bytes below which compressing is not tried."""

LARGEST = 64 * 1024 * 1024
"""Bytes to which a payload may grow when it is opened; the server takes 2 MB."""


class SealingCodec(PayloadCodec):
    """Seals with the first key of a ring and opens with all. Payloads that were never sealed pass as they are."""

    def __init__(self, ring: KeyRing) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # not for commands that need no client

        self._first = ring.first.encode("ascii")
        self._ciphers = {identity.encode("ascii"): AESGCM(key) for identity, key in ring.keys.items()}

    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """See base class. What is sealed already stays as it is."""
        return [payload if is_sealed(payload) else self._seal(payload) for payload in payloads]

    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """See base class. Never raises: what cannot be opened stays sealed, and the log names its key."""
        return [self._opened_or_sealed(payload) if is_sealed(payload) else payload for payload in payloads]

    def _seal(self, payload: Payload) -> Payload:
        content = _without_mark(payload).SerializeToString()
        metadata = {"encoding": ENCODING, KEY_ID: self._first}
        if len(content) >= SMALLEST and len(smaller := zlib.compress(content, LEVEL)) < len(content):
            content, metadata[COMPRESSION] = smaller, ZLIB
        nonce = os.urandom(NONCE_BYTES)
        sealed = self._ciphers[self._first].encrypt(nonce, content, _bound(metadata))
        return Payload(metadata=metadata, data=nonce + sealed)

    def _opened_or_sealed(self, payload: Payload) -> Payload:
        metadata = dict(payload.metadata)
        cipher = self._ciphers.get(metadata.get(KEY_ID, b""))
        if cipher is None:
            log.error("a payload is encrypted with a key that is not here: %s", _shown(metadata))
            return payload
        try:
            return _opened(cipher, payload, metadata)
        except Exception as error:  # damaged in any way: whoever needs the content will say so
            log.error("a payload cannot be opened (%s): %s", type(error).__name__, _shown(metadata))
            return payload


def _opened(cipher: AESGCM, payload: Payload, metadata: dict[str, bytes]) -> Payload:
    nonce, sealed = payload.data[:NONCE_BYTES], payload.data[NONCE_BYTES:]
    content = cipher.decrypt(nonce, sealed, _bound(metadata))
    if metadata.get(COMPRESSION):
        inflater = zlib.decompressobj()
        content = inflater.decompress(content, LARGEST)
        if not inflater.eof:
            raise ValueError("larger than any payload, or cut off")
    opened = Payload.FromString(content)
    opened.metadata[OPENED] = nonce
    return opened


def _bound(metadata: dict[str, bytes]) -> bytes:
    """What the seal vouches for beside the content: how it is read, and with which key."""
    return b"\0".join((metadata["encoding"], metadata.get(KEY_ID, b""), metadata.get(COMPRESSION, b"")))


def _without_mark(payload: Payload) -> Payload:
    if OPENED not in payload.metadata:
        return payload
    plain = Payload()
    plain.CopyFrom(payload)
    del plain.metadata[OPENED]
    return plain


def _shown(metadata: dict[str, bytes]) -> str:
    return ascii(metadata.get(KEY_ID, b"")[:60].decode("ascii", "replace"))
