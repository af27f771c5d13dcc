"""Canonical JSON: the same value always gives the same bytes, so that hashes name and compare it."""

import hashlib
import json
from typing import Any

from pydantic import BaseModel, TypeAdapter

from framework.facts import Cycle

CYCLE = TypeAdapter(Cycle)


def canonical(value: Any) -> bytes:
    """JSON in UTF-8 with sorted keys and no spaces, as the processes hash it. A model is dumped first."""
    plain = value.model_dump(mode="json") if isinstance(value, BaseModel) else value
    text = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode(
        "utf-8", "surrogatepass"
    )  # what cannot be text is for the columns to replace, not to fail on


def sha256(data: bytes) -> str:
    """The hash that names content, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()
