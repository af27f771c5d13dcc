"""The pages' own style sheet, script and mark: served from here, under an address that changes with their content."""

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from fastapi import APIRouter, Response

from access.table import Action
from api.deps import open_to_all
from api.problems import not_found

STATIC = Path(__file__).parent / "static"
PREFIX = "/static"

_TYPES: Mapping[str, str] = MappingProxyType(
    {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
)
_FINGERPRINT = 12
_HEADERS: Mapping[str, str] = MappingProxyType(
    {
        "Cache-Control": "public, max-age=31536000, immutable",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'",
    }
)

router = APIRouter(include_in_schema=False, dependencies=[open_to_all(Action.READ_PUBLIC_PAGES)])


def asset(name: str) -> str:
    """The address of a file. Raises KeyError when there is none of this name."""
    return f"{PREFIX}/{_addresses()[name]}"


@router.get(PREFIX + "/{name}")
async def read_static(name: str) -> Response:
    """A file by its name with fingerprint; browsers may keep it for good. 404 for every other name."""
    found = _files().get(name)
    if found is None:
        raise not_found("file of this name")
    content, media_type = found
    return Response(content, media_type=media_type, headers=dict(_HEADERS))


@cache
def _addresses() -> dict[str, str]:
    return {path.name: _fingerprinted(path) for path in STATIC.iterdir() if path.suffix in _TYPES}


@cache
def _files() -> dict[str, tuple[bytes, str]]:
    return {
        address: ((STATIC / name).read_bytes(), _TYPES[Path(name).suffix])
        for name, address in _addresses().items()
    }


def _fingerprinted(path: Path) -> str:
    fingerprint = hashlib.sha256(path.read_bytes()).hexdigest()[:_FINGERPRINT]
    return f"{path.stem}.{fingerprint}{path.suffix}"
