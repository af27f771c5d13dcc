"""What the record of acts learns of a click on an open link: whoever clicks is a stranger who has it."""

from dataclasses import dataclass

from access.table import STRANGER, Action
from api.deps import Parts
from contracts.messages import Receipt
from correspondence.links import ContactsLink
from correspondence.pages import PageState
from storage import audit
from storage.audit import Act, Outcome

OUTCOMES = {PageState.CONFIRMED: Outcome.DONE, PageState.LATER: Outcome.FAILED}
"""What the other states are: refused."""


def message_of(link: ContactsLink) -> str:
    """The message by which a country is told: the same link is the same message, however often it is used."""
    return f"contacts-{link.country}-{link.year}-{link.fingerprint}"


@dataclass
class ByLink:
    """The trail of one click. `client`: from where it came; `link`: None for one that is not ours or no longer valid."""

    parts: Parts
    client: str
    link: ContactsLink | None
    attempted: int = 0

    async def attempt(self) -> None:
        """Records that contacts are about to be confirmed. Raises what the database raises: then they are not."""
        self.attempted = await audit.record(self.parts.database, self._act(Outcome.ATTEMPTED))

    async def end(self, state: PageState, receipt: Receipt | None) -> None:
        """Records what became of it."""
        outcome = OUTCOMES.get(state, Outcome.REFUSED)
        await audit.record(self.parts.database, self._act(outcome, state, receipt))

    async def refuse(self, state: PageState) -> None:
        """Records a click that could confirm nothing; many within a minute are one row."""
        if state is not PageState.LATER:
            outcome = Outcome.REFUSED if self.link else Outcome.DENIED
            await self.parts.floods.note(self.parts.database, self._act(outcome, state))

    def _act(self, outcome: Outcome, state: PageState | None = None, receipt: Receipt | None = None) -> Act:
        return Act(
            at=self.parts.now(),
            outcome=outcome,
            action=Action.CONFIRM_BY_LINK.value,
            role=STRANGER,
            country=self.link.country if self.link else "",
            object="confirm_contacts",
            message=message_of(self.link) if self.link else "",
            event_entry=receipt.entry if receipt else None,
            event_revision=receipt.revision if receipt else None,
            reasons=(state.value,) if state and outcome is not Outcome.DONE else (),
            refers_to=(self.attempted,) if self.attempted else (),
            detail={"client": self.client},
        )
