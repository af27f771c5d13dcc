"""The one place where a client of the Temporal server is made: for the worker, the API and every command."""

from __future__ import annotations

from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.converter import DataConverter, DefaultFailureConverterWithEncodedAttributes
from temporalio.service import GrpcCompression

from connection.codec import SealingCodec
from connection.keys import KeyRing, read_ring
from connection.tls import tls_of
from contracts.sealed import Converter
from settings import Settings


def data_converter(settings: Settings) -> DataConverter:
    """How payloads are written and read: encrypted with the settings' key ring, or plain where that is `off`.

    Raises SettingsError without a usable key ring.
    """
    ring = read_ring(settings)
    return pydantic_data_converter if ring is None else sealing_converter(ring)


def sealing_converter(ring: KeyRing) -> DataConverter:
    """Encrypts everything; reads what is encrypted and what never was. Messages of failures are encrypted too."""
    return DataConverter(
        payload_converter_class=Converter,
        payload_codec=SealingCodec(ring),
        failure_converter_class=DefaultFailureConverterWithEncodedAttributes,
    )


def check(settings: Settings) -> None:
    """What can be seen before anything connects. Raises SettingsError for keys or certificates that cannot be used."""
    data_converter(settings)
    tls_of(settings)


async def connect(
    settings: Settings, *, lazy: bool = False, converter: DataConverter | None = None
) -> Client:
    """A client of the server that the settings name; a lazy one connects at its first call.

    `converter`: for a client that sends and reads no payloads of ours, and so needs no keys. Raises SettingsError for
    keys or certificates that cannot be used, RuntimeError (the SDK has no type of its own) when the server does not
    answer.
    """
    key = settings.temporal_api_key
    return await Client.connect(
        settings.temporal_address,
        namespace=settings.temporal_namespace,
        data_converter=converter or data_converter(settings),
        tls=tls_of(settings) or False,
        api_key=key.get_secret_value() if key else None,
        lazy=lazy,
        grpc_compression=GrpcCompression.NONE,  # what we send is compressed where it is sealed, and cannot be any more
    )
