"""Effects that a workflow task may do itself, before what they need is loaded: they wait for it.

Only the types of their arguments are imported here: a worker that was killed answers for its countries before the rest is
there.
"""

from asyncio import Future, shield
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from temporalio import activity

from contracts.rows import Batch, Posting

Effects = Mapping[str, Callable[..., Awaitable[list[str]]]]
"""Activities by the name under which workflows ask for them."""


class AtOnce:
    """The activities by which a country writes rows and posts mail. `effects`: those that do it, once they are loaded."""

    def __init__(self, effects: Future[Effects]) -> None:
        self._effects = effects

    @property
    def activities(self) -> list[Any]:
        """For a worker."""
        return [self.write_rows, self.post, self.write_and_post]

    @activity.defn(name="write_rows")
    async def write_rows(self, batch: Batch) -> list[str]:
        """See `activities.records`."""
        return await self._do("write_rows", batch)

    @activity.defn(name="post")
    async def post(self, posting: Posting) -> list[str]:
        """See `activities.correspondence`."""
        return await self._do("post", posting)

    @activity.defn(name="write_and_post")
    async def write_and_post(self, batch: Batch, posting: Posting) -> list[str]:
        """See `activities.outgoing`."""
        return await self._do("write_and_post", batch, posting)

    async def _do(self, name: str, *arguments: Any) -> list[str]:
        effects = await shield(self._effects)  # one that is given up must not give up for the others
        return await effects[name](*arguments)
