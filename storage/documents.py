"""The document store: bytes under the hash of their content, in a local folder or an object store."""

import contextlib
import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import unquote, urlsplit

import obstore
from obstore.exceptions import AlreadyExistsError, GenericError, NotFoundError
from obstore.store import ObjectStore, from_url
from pydantic import BaseModel

from framework.records import DocumentRef
from storage.canonical import canonical, sha256

DEFAULT_LIMIT = 20 * 1024 * 1024
"""The size in bytes that an uploaded document may have at most."""

VERSIONS = "versions"
ARCHIVES = "archives"
UPLOADS = "uploads"
CARDS = "cards"
"""The folders of the store: contents of versions, archived years, uploads, and what is known of those."""

_FOLDER = re.compile(r"[a-z]+")
_NAME = re.compile(r"[0-9a-f]{32,64}")


class DocumentMissing(Exception):
    """The store has no such document."""


class DocumentDamaged(Exception):
    """What lies in the store is not what was put there: its hash differs."""


class Documents:
    """A document store. `url`: `file:///folder`, `memory://`, `s3://bucket/prefix`, `gs://…`, `az://…`.

    Credentials of object stores come from their usual environment variables. `limit`: bytes of an upload.
    """

    def __init__(self, url: str, *, limit: int = DEFAULT_LIMIT) -> None:
        self.limit = limit
        self._folder = _folder_of(url)
        self._store = _open(url, self._folder)

    async def keep_json(self, folder: str, value: BaseModel | dict[str, Any]) -> DocumentRef:
        """Keeps a value as canonical JSON under its hash. Again with the same value: nothing changes."""
        data = canonical(value)
        digest = sha256(data)
        await self.put(folder, digest, data, suffix=".json")
        return DocumentRef(
            id=f"{folder}/{digest}",
            name=f"{digest}.json",
            media_type="application/json",
            size=len(data),
            sha256=digest,
        )

    async def read_json(self, folder: str, digest: str) -> Any:
        """The value kept under a hash. Raises DocumentMissing, or DocumentDamaged when its hash differs."""
        data = await self.get(folder, digest, suffix=".json")
        if sha256(data) != digest:
            raise DocumentDamaged(
                f"{folder}/{digest}.json does not have the hash that it is named by; restore it"
            )
        return json.loads(data)

    async def put(self, folder: str, name: str, data: bytes | BinaryIO, *, suffix: str = "") -> None:
        """Puts bytes at a place; the same place again is overwritten as a whole, never in part."""
        await obstore.put_async(self._store, _place(folder, name, suffix), data)

    async def create(self, folder: str, name: str, data: bytes, *, suffix: str = "") -> bytes:
        """Puts bytes at a free place and returns what lies there: these, or those that came first."""
        try:
            await obstore.put_async(self._store, _place(folder, name, suffix), data, mode="create")
        except (AlreadyExistsError, FileExistsError):
            return await self.get(folder, name, suffix=suffix)
        return data

    async def get(self, folder: str, name: str, *, suffix: str = "") -> bytes:
        """All bytes of a document. Raises DocumentMissing."""
        try:
            found = await obstore.get_async(self._store, _place(folder, name, suffix))
            return bytes(await found.bytes_async())
        except (NotFoundError, FileNotFoundError) as error:
            raise DocumentMissing(f"{folder}/{name}{suffix} is not in the document store") from error

    async def drop(self, folder: str, name: str, *, suffix: str = "") -> None:
        """Takes a document away for good; one that is not there is no error."""
        with contextlib.suppress(NotFoundError, FileNotFoundError):
            await obstore.delete_async(self._store, _place(folder, name, suffix))

    async def stream(self, folder: str, name: str) -> AsyncIterator[bytes]:
        """The bytes of a document in pieces. Raises DocumentMissing before the first."""
        try:
            found = await obstore.get_async(self._store, _place(folder, name, ""))
        except (NotFoundError, FileNotFoundError) as error:
            raise DocumentMissing(f"{folder}/{name} is not in the document store") from error
        async for piece in found.stream():
            yield bytes(piece)

    async def names(self, folder: str) -> list[str]:
        """The names of all documents in a folder, sorted, without their suffix."""
        found: list[str] = []
        async for batch in obstore.list(self._store, prefix=folder):
            found.extend(Path(meta["path"]).stem for meta in batch)
        return sorted(found)

    async def ping(self) -> None:
        """Raises OSError when the store does not answer, or its folder is gone, which a listing would show as empty."""
        if self._folder and not self._folder.is_dir():
            raise OSError("the document store does not answer: its folder is not there")
        try:
            await obstore.list_with_delimiter_async(self._store)
        except (GenericError, NotFoundError) as error:
            raise OSError(f"the document store does not answer: {error}") from error


def _folder_of(url: str) -> Path | None:
    parts = urlsplit(url)
    return Path(unquote(parts.path)).absolute() if parts.scheme == "file" else None


def _open(url: str, folder: Path | None) -> ObjectStore:
    if folder is None:
        return from_url(url)
    folder.mkdir(parents=True, exist_ok=True)
    return from_url(folder.as_uri())


def _place(folder: str, name: str, suffix: str) -> str:
    if not _FOLDER.fullmatch(folder) or not _NAME.fullmatch(name):
        raise DocumentMissing(f"{folder}/{name} is no name of a document")
    return f"{folder}/{name}{suffix}"
