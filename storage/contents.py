"""The contents of versions: kept in the document store under their hash before a row refers to them."""

from typing import Any

from contracts.rows import Batch
from storage.documents import VERSIONS, Documents


async def keep_contents(documents: Documents, batch: Batch) -> None:
    """Keeps every content that a batch brings. Again with the same batch: nothing changes."""
    for content in batch.contents:
        await documents.keep_json(VERSIONS, content.body)


async def bodies_of(documents: Documents, batch: Batch) -> dict[str, dict[str, Any]]:
    """The contents of a batch's versions by hash: those that it brings, the others from the store.

    Raises DocumentMissing or DocumentDamaged.
    """
    brought = {content.sha256: content.body for content in batch.contents}
    wanted = {version.sha256 for version in batch.versions if version.sha256}
    absent = sorted(wanted - brought.keys())
    return brought | {digest: await documents.read_json(VERSIONS, digest) for digest in absent}
