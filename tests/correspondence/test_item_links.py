"""A message about an item of the GCM leads to the item's own page."""

from datetime import UTC, datetime

import pytest

from contracts.state import MailOrder
from correspondence.facts import link_of

AT = datetime(2027, 11, 1, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "task"),
    [("gcm_item", ""), ("gcm_item_reminder", ""), ("gcm_silence_held", "send_decision-annual_status-2027")],
)
def test_a_message_about_an_item_leads_to_the_items_page_even_where_it_names_a_task(
    kind: str, task: str
) -> None:
    order = MailOrder(
        kind=kind,
        country="XAA",
        cycle="2027",
        to=[],
        values={"item": "annual_status-2027"},
        task=task,
        due_at=AT,
        made_at=AT,
    )
    assert link_of(order, "https://p.example/") == "https://p.example/desk/items/XAA/annual_status-2027"
