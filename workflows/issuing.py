"""Approved letters on their way: made and archived one by one, beside everything else that a country does."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

from temporalio import workflow
from temporalio.exceptions import ActivityError

from contracts.letters import LetterOrder, LetterToIssue
from contracts.state import CountryState
from framework.records import DocumentRef
from workflows import options
from workflows.process import letters_sent
from workflows.process.ledger import Ledger

AT_THE_SEAM = timedelta(seconds=30)
"""How long the end of a run waits for a letter that is being made; then the next run makes it anew, as the same one."""


class Issuing:
    """The letters of one run. A letter that cannot be made holds up nothing: neither rows nor mails nor the run's end."""

    def __init__(self, ledger: Callable[[], Ledger]) -> None:
        self._ledger = ledger
        self._task: asyncio.Task[None] | None = None

    @property
    def busy(self) -> bool:
        """Whether a letter is still to be made."""
        return bool(self._state.outbox.letters)

    @property
    def _state(self) -> CountryState:
        return self._ledger().state

    def wakes(self, *, unwritten: bool) -> bool:
        """Whether there is something to do now: the text of a letter is written to the store before it is made."""
        if self._task is not None:
            return self._task.done()
        return self.busy and not unwritten

    def go_on(self, *, unwritten: bool) -> None:
        """Takes the next letter, if none is under way."""
        if self._task is not None and self._task.done():
            self._task = None
        if self._task is None and self.busy and not unwritten:
            self._task = asyncio.create_task(self._issue(self._state.outbox.letters[0]))

    async def at_the_seam(self) -> None:
        """Gives a letter under way a chance to be done in this run."""
        task = self._task
        if task is None:
            return
        try:
            await workflow.wait_condition(
                task.done, timeout=AT_THE_SEAM, timeout_summary="a letter is being made"
            )
        except TimeoutError:
            return

    async def _issue(self, order: LetterOrder) -> None:
        """The order stays in the state until it is done: a run that ends meanwhile hands it to the next one."""
        made = await _made(self._state, order)
        state = self._state
        state.outbox.letters = [one for one in state.outbox.letters if one.number != order.number]
        if isinstance(made, str):
            letters_sent.failed(self._ledger(), order, made)
        else:
            letters_sent.issued(self._ledger(), order, made)


async def _made(state: CountryState, order: LetterOrder) -> DocumentRef | str:
    """The document, or why there can be none. Storage that is away is waited for."""
    letter = next(one for one in state.letters if one.number == order.number)
    try:
        made: DocumentRef = await workflow.execute_activity(
            "issue_letter",
            LetterToIssue(code=state.code, name=state.name, letter=letter, handed_in=order.handed_in),
            result_type=DocumentRef,
            start_to_close_timeout=options.LETTER_TIMEOUT,
            retry_policy=options.FOR_EVER,
            summary=f"letter {order.number}",
        )
    except ActivityError as error:
        return str(error.cause or error)
    return made
