"""Encrypted payloads: what goes in comes out, nothing of it shows, and nothing that comes back can raise."""

from __future__ import annotations

import os
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from temporalio.api.common.v1 import Payload
from temporalio.converter import DataConverter

from connection.clients import sealing_converter
from connection.codec import SealingCodec
from connection.keys import KeyRing
from contracts.sealed import COMPRESSION, KEY_ID, OPENED, StillSealed, is_sealed, seal_of
from contracts.state import Recipient

OLD, NEW = bytes(range(32)), bytes(range(32, 64))
BEFORE, BOTH, AFTER = (
    KeyRing("old", {"old": OLD}),
    KeyRing("new", {"new": NEW, "old": OLD}),
    KeyRing("new", {"new": NEW}),
)
PLAIN = Payload(metadata={"encoding": b"json/plain"}, data=b'{"name": "Ada Lindqvist"}')
LONG = Payload(metadata={"encoding": b"json/plain"}, data=b'{"name": "Ada Lindqvist"}' * 200)
PAYLOADS = st.builds(
    Payload,
    metadata=st.dictionaries(st.text(max_size=10), st.binary(max_size=30), max_size=3).filter(
        lambda metadata: OPENED not in metadata
    ),
    data=st.binary(max_size=3000) | st.text("ab", max_size=3000).map(str.encode),
)


async def sealed(payload: Payload, ring: KeyRing = BOTH) -> Payload:
    (found,) = await SealingCodec(ring).encode([payload])
    return found


async def opened(payload: Payload, ring: KeyRing = BOTH) -> Payload:
    (found,) = await SealingCodec(ring).decode([payload])
    return found


@given(st.lists(PAYLOADS, max_size=4))
async def test_whatever_goes_in_comes_out(payloads: Sequence[Payload]) -> None:
    codec = SealingCodec(BOTH)
    back = await codec.decode(await codec.encode(payloads))
    for payload in back:
        payload.metadata.pop(OPENED)
    assert back == list(payloads)


@pytest.mark.parametrize("payload", [PLAIN, LONG])
async def test_nothing_of_the_content_shows_and_no_two_are_alike(payload: Payload) -> None:
    first, second = await sealed(payload), await sealed(payload)
    for one in (first, second):
        assert b"Lindqvist" not in one.SerializeToString()
        assert b"json" not in one.SerializeToString()
        assert one.metadata[KEY_ID] == b"new"
    assert seal_of(first) != seal_of(second)


async def test_what_is_long_is_compressed_first() -> None:
    assert (await sealed(LONG)).metadata[COMPRESSION] == b"zlib"
    assert len((await sealed(LONG)).data) < len(LONG.data) / 10
    noise = Payload(data=os.urandom(1000))
    assert COMPRESSION not in (await sealed(noise)).metadata
    assert COMPRESSION not in (await sealed(PLAIN)).metadata


async def test_after_a_rotation_both_keys_open_and_the_new_one_encrypts() -> None:
    before, after = await sealed(PLAIN, BEFORE), await sealed(PLAIN, BOTH)
    assert (await opened(before, BOTH)).data == (await opened(after, BOTH)).data == PLAIN.data
    assert (await opened(after, AFTER)).data == PLAIN.data
    assert is_sealed(await opened(before, AFTER)), "the key was taken away: it stays sealed"


async def test_what_was_never_encrypted_passes_as_it_is() -> None:
    assert await opened(PLAIN) == PLAIN


async def test_what_is_sealed_is_not_sealed_again() -> None:
    once = await sealed(PLAIN)
    assert await sealed(once) == once


def damaged(payload: Payload, **metadata: bytes) -> Payload:
    changed = Payload(data=payload.data)
    changed.metadata.update({**payload.metadata, **metadata})
    return changed


@pytest.mark.parametrize(
    "change",
    [
        {KEY_ID: b"old"},
        {KEY_ID: b""},
        {KEY_ID: b"\xff\xfe"},
        {COMPRESSION: b""},
        {COMPRESSION: b"brotli"},
    ],
)
async def test_the_seal_vouches_for_its_key_and_for_how_it_is_read(change: dict[str, bytes]) -> None:
    changed = damaged(await sealed(LONG), **change)
    assert await opened(changed) == changed


@pytest.mark.parametrize("place", [0, 5, 12, 20, -1])
async def test_a_changed_bit_anywhere_leaves_it_sealed(place: int) -> None:
    whole = await sealed(PLAIN)
    data = bytearray(whole.data)
    data[place] ^= 1
    whole.data = bytes(data)
    assert await opened(whole) == whole


@given(st.binary(max_size=100), st.sampled_from([b"new", b"old", b"other", b""]))
async def test_whatever_the_bytes_opening_never_raises(data: bytes, key: bytes) -> None:
    forged = damaged(await sealed(PLAIN), **{KEY_ID: key})
    forged.data = data
    assert await opened(forged) == forged


async def test_whoever_needs_the_content_of_what_stayed_sealed_is_told_the_key(
    caplog: pytest.LogCaptureFixture,
) -> None:
    (payload,) = await sealing_converter(BEFORE).encode([Recipient(name="Ada Lindqvist")])
    with pytest.raises(StillSealed, match=r"the key 'old'.*PATHFINDER_PAYLOAD_KEYS"):
        await sealing_converter(AFTER).decode([payload], [Recipient])
    assert "'old'" in caplog.text


async def test_what_was_written_before_encryption_and_after_is_read_by_one_converter() -> None:
    person, converter = Recipient(name="Ada Lindqvist"), sealing_converter(BOTH)
    plain = await DataConverter.default.encode([person.model_dump(mode="json")])
    for payloads in (plain, await converter.encode([person])):
        assert await converter.decode(payloads, [Recipient]) == [person]


async def test_messages_of_failures_are_encrypted_too() -> None:
    from temporalio.api.failure.v1 import Failure
    from temporalio.exceptions import ApplicationError

    failure, converter = Failure(), sealing_converter(BOTH)
    error = ApplicationError(
        "not accepted: <ada@labour.example>", "ada@labour.example", type="MailNotAccepted"
    )
    await converter.encode_failure(error, failure)
    assert b"ada" not in failure.SerializeToString()
    assert b"MailNotAccepted" in failure.SerializeToString()
    back = await converter.decode_failure(failure)
    assert isinstance(back, ApplicationError)
    assert (back.message, back.details[0]) == (error.message, "ada@labour.example")
