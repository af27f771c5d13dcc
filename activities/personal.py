"""Writes documents anew without a person. The old ones stay until nothing refers to them any more."""

from dataclasses import replace
from typing import Any

from temporalio import activity

from contracts.personal import Rewriting, Rewritten
from framework.forgetting import Forgetting
from framework.records import DocumentRef
from storage.documents import ARCHIVES, VERSIONS, DocumentMissing, Documents


class PersonalActivities:
    """The activity that rewrites contents of versions and closed years."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents

    @activity.defn(name="erase_in_documents")
    async def erase_in_documents(self, order: Rewriting) -> Rewritten:
        """May be repeated: what is without the person already stays under its hash."""
        erasure, found = order.erasure, Rewritten()
        forget = Forgetting(tuple(erasure.addresses), tuple(erasure.names), erasure.pseudonym)
        years = {one.sha256: await self._documents.read_json(ARCHIVES, one.sha256) for one in order.archives}
        digests = {*order.contents, *(digest for year in years.values() for digest in _digests(year))}
        for digest in sorted(digests - years.keys()):
            await self._content(forget, digest, found)
        for archive in order.archives:
            await self._year(forget, archive, years[archive.sha256], found)
        return found

    async def _content(self, forget: Forgetting, digest: str, found: Rewritten) -> None:
        try:
            content = await self._documents.read_json(VERSIONS, digest)
        except DocumentMissing:  # a hash of something else, or of what is still on its way
            return
        anew = forget.within(content)
        if anew != content:
            found.contents[digest] = (await self._documents.keep_json(VERSIONS, anew)).sha256

    async def _year(self, forget: Forgetting, archive: DocumentRef, year: Any, found: Rewritten) -> None:
        anew = _renamed(forget.within(year), found.contents)
        if anew != year:
            kept = await self._documents.keep_json(ARCHIVES, anew)
            found.archives[archive.sha256] = replace(kept, name=archive.name)


def _digests(value: Any) -> set[str]:
    if isinstance(value, dict):
        own = {one for key, one in value.items() if key in ("sha256", "draft", "text") and _is_digest(one)}
        return own.union(*(_digests(one) for one in value.values()))
    if isinstance(value, list):
        return set().union(*(_digests(one) for one in value))
    return set()


def _is_digest(value: Any) -> bool:
    return isinstance(value, str) and len(value) == 64 and not set(value) - set("0123456789abcdef")


def _renamed(value: Any, digests: dict[str, str]) -> Any:
    if isinstance(value, str):
        return digests.get(value, value)
    if isinstance(value, dict):
        return {key: _renamed(one, digests) for key, one in value.items()}
    if isinstance(value, list):
        return [_renamed(one, digests) for one in value]
    return value
