"""What the worker takes for granted of the ways in which payloads are written."""

import pytest
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.converter import DataConverter, WithSerializationContext, WorkflowSerializationContext

from connection.clients import sealing_converter
from connection.keys import new_entry, parse_ring
from tests.storage.samples import country_row

RING = parse_ring(new_entry(), "the ring of this test")


@pytest.mark.parametrize("converter", [pydantic_data_converter, sealing_converter(RING)])
def test_no_part_of_a_converter_wants_to_know_for_which_command_it_writes(converter: DataConverter) -> None:
    told = converter.with_context(WorkflowSerializationContext(namespace="a", workflow_id="country-XAA"))
    for value in ("text", None, {"of": [1, 2]}, country_row("XAA")):
        assert told.payload_converter.to_payload(value) == converter.payload_converter.to_payload(value)
    for part in (told.payload_codec, told.failure_converter):
        assert not isinstance(part, WithSerializationContext)


@pytest.mark.parametrize("converter", [pydantic_data_converter, sealing_converter(RING)])
def test_no_converter_keeps_a_payload_anywhere_but_with_temporal(converter: DataConverter) -> None:
    assert converter.external_storage is None
