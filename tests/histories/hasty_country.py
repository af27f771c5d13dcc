"""A country as somebody might change it by mistake: it waits a day before it does anything. The control for replay."""

from temporalio import workflow

from contracts import names
from contracts.state import CountryState


@workflow.defn(name=names.COUNTRY)
class HastyCountry:
    """Begins like the country of production, and goes on differently."""

    @workflow.run
    async def run(self, state: CountryState) -> None:
        """Waits, and ends."""
        await workflow.sleep(86_400)
