"""The key ring: how it is written, where it comes from, and that it never shows a key."""

from __future__ import annotations

import base64
import os
import stat
from datetime import date
from pathlib import Path

import pytest
from pydantic import SecretStr

from connection.clients import data_converter
from connection.keys import ensure_ring, new_entry, parse_ring, read_ring
from settings import Settings, SettingsError

ONE, TWO = (base64.b64encode(bytes([number]) * 32).decode() for number in (1, 2))


@pytest.mark.parametrize(
    "text",
    [
        f"new:{ONE},old:{TWO}",
        f"new:{ONE} old:{TWO}",
        f"# the ring\nnew:{ONE}  # since May\n\nold:{TWO}\n",
    ],
)
def test_a_ring_is_written_on_a_line_or_as_lines_and_its_first_key_encrypts(text: str) -> None:
    ring = parse_ring(text, "the ring")
    assert ring.first == "new"
    assert dict(ring.keys) == {"new": bytes([1]) * 32, "old": bytes([2]) * 32}


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("", "holds no key"),
        ("# nothing but words", "holds no key"),
        (ONE, "key 1: write id:key"),
        (f"a b:{ONE}", "key 1: write id:key"),
        (f"ü:{ONE}", "key 1: write id:key"),
        (f"a:{ONE} b:{ONE[:-8]}", "key 2: the key is not 32 bytes"),
        (f"a:{ONE} b:!{ONE}", "key 2: the key is not 32 bytes"),
        (f"a:{ONE} a:{TWO}", "key 2: the id a stands there twice"),
    ],
)
def test_a_ring_that_cannot_be_used_is_refused_by_the_number_of_its_entry_and_shows_no_key(
    text: str, advice: str
) -> None:
    with pytest.raises(SettingsError) as refusal:
        parse_ring(text, "PATHFINDER_PAYLOAD_KEYS")
    assert advice in str(refusal.value)
    assert ONE[:12] not in str(refusal.value)


def test_a_fresh_key_is_random_and_begins_with_the_day() -> None:
    first, second = new_entry(date(2026, 11, 26)), new_entry(date(2026, 11, 26))
    assert first.startswith("2026-11-26-")
    assert parse_ring(f"{first}\n{second}", "here").first == first.partition(":")[0]
    assert first.partition(":")[2] != second.partition(":")[2]


def test_the_environment_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ensure_ring(Settings(var_dir=tmp_path))
    monkeypatch.setenv("PATHFINDER_PAYLOAD_KEYS", f"env:{ONE}")
    found = read_ring(Settings(var_dir=tmp_path))
    assert found is not None
    assert found.first == "env"


def test_a_file_of_ones_own_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ring").write_text(f"mine:{ONE}\n")
    monkeypatch.setenv("PATHFINDER_PAYLOAD_KEYS_FILE", str(tmp_path / "ring"))
    found = read_ring(Settings(var_dir=tmp_path / "var"))
    assert found is not None
    assert found.first == "mine"


def test_the_ring_of_up_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    settings = Settings(var_dir=tmp_path)
    ensure_ring(settings)
    written = settings.payload_keys_place.read_text()
    ensure_ring(settings)
    assert settings.payload_keys_place.read_text() == written
    assert stat.S_IMODE(os.stat(settings.payload_keys_place).st_mode) == 0o600
    assert read_ring(settings) is not None


def test_without_keys_nothing_connects_and_the_message_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"PATHFINDER_PAYLOAD_KEYS.*payload-key.*off") as refusal:
        data_converter(Settings(var_dir=tmp_path))
    assert str(tmp_path) in str(refusal.value)


def test_encryption_can_be_switched_off_by_name_only(tmp_path: Path) -> None:
    off = Settings(var_dir=tmp_path, payload_keys=SecretStr("off"))
    assert read_ring(off) is None
    assert data_converter(off).payload_codec is None
    ensure_ring(off)
    assert not off.payload_keys_place.exists()


def test_no_key_is_shown(tmp_path: Path) -> None:
    settings = Settings(var_dir=tmp_path, payload_keys=SecretStr(f"a:{ONE}"))
    ring = read_ring(settings)
    assert ONE not in repr(settings) + str(settings.describe())
    assert settings.describe()["payload_keys"] == "set"
    assert repr(bytes([1]) * 32) not in repr(ring)
