"""Workflows that begin at a clock's present instead of at wall time.

The server lets a start from outside only begin now or later. Here each is delayed to the clock's present and told, in
the same request, to skip the delay.
"""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any, Protocol

from temporalio.api.common.v1 import FastForwardConfig, TimeSkippingConfig
from temporalio.client import Client, Interceptor, OutboundInterceptor, StartWorkflowInput, WorkflowHandle


class Present(Protocol):
    """What a start has to know of the clock, and to tell it."""

    @property
    def ahead(self) -> timedelta:
        """How far the clock is ahead of wall time."""

    def watch(self, workflow_id: str) -> None:
        """Take a workflow along in time."""


def client_starting_at(client: Client, present: Present) -> Client:
    """A copy of `client` whose workflows begin at `present` and are watched from the start."""
    config = client.config()
    config["interceptors"] = [*config["interceptors"], _StartsAtPresent(present)]
    return Client(**config)


class _StartsAtPresent(Interceptor):
    def __init__(self, present: Present) -> None:
        super().__init__()
        self._present = present

    def intercept_client(self, next: OutboundInterceptor) -> OutboundInterceptor:
        return _Outbound(next, self._present)


class _Outbound(OutboundInterceptor):
    def __init__(self, next: OutboundInterceptor, present: Present) -> None:
        super().__init__(next)
        self._present = present

    async def start_workflow(self, input: StartWorkflowInput) -> WorkflowHandle[Any, Any]:
        ahead = self._present.ahead
        if ahead > timedelta(0):
            input.start_delay = ahead + (input.start_delay or timedelta(0))
            input.time_skipping_config = _skipping(ahead)
        handle = await super().start_workflow(input)
        self._present.watch(handle.id)
        return handle


def _skipping(ahead: timedelta) -> TimeSkippingConfig:
    skip = FastForwardConfig(id=str(uuid.uuid4()))
    skip.duration.FromTimedelta(ahead)
    return TimeSkippingConfig(enabled=True, disable_propagation=True, fast_forward_config=skip)
