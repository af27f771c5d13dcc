"""How a child workflow reports to its country: by a signal to the country's id, whatever run it is in by then."""

from typing import Any

from temporalio import workflow
from temporalio.exceptions import FailureError

from contracts.names import country_id


async def tell_country(code: str, name: str, content: dict[str, Any]) -> None:
    """Sends a signal to the country. A country that is gone (withdrawn) is not an error of the child."""
    try:
        await workflow.get_external_workflow_handle(country_id(code)).signal(name, content)
    except FailureError as error:
        workflow.logger.warning("country is gone", extra={"code": code, "why": str(error)})
