"""What goes along with a message: fetched from the document store by its reference, and compared with its hash."""

from typing import Any

from contracts.rows import Delivery
from correspondence.message import Attachment
from storage import uploads
from storage.canonical import sha256
from storage.documents import UPLOADS, DocumentMissing, Documents

MOST_BYTES = 10 * 1024 * 1024
"""Many mail servers take no more than 20 MB, and an attachment grows by a third on its way."""


class NotAttached(Exception):
    """A document that belongs to a message cannot be had as it is on record: the message does not go without it."""


async def attachments(documents: Documents | None, delivery: Delivery) -> list[Attachment]:
    """The attachments of a message; none where its order names none. One too large for mail is only linked to.

    Raises NotAttached.
    """
    reference = delivery.order.values.get("attachment")
    if not isinstance(reference, dict):
        return []
    if documents is None:
        raise NotAttached("there is no document store to take the attachment from")
    try:
        return await _fetched(documents, reference)
    except (DocumentMissing, OSError) as error:
        raise NotAttached(f"the attachment cannot be had: {error}") from error


async def _fetched(documents: Documents, reference: dict[str, Any]) -> list[Attachment]:
    stored = await uploads.card(documents, str(reference.get("document", "")))
    if stored.size > MOST_BYTES:
        return []
    content = await documents.get(UPLOADS, stored.sha256)
    if not sha256(content) == stored.sha256 == reference.get("sha256"):
        raise NotAttached(f"document {stored.id} does not have the hash that is on record; restore it")
    return [Attachment(name=stored.name, media_type=stored.media_type, content=content)]
