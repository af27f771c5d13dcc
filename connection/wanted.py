"""What may be set about reaching Temporal: TLS, API key, and the keys that encrypt what it keeps."""

from __future__ import annotations

from pathlib import Path
from typing import Self

from pydantic import AliasChoices, Field, SecretStr, model_validator

from connection.guarded import Guarded


class ReachingTemporal(Guarded):
    """The part of the settings that says how Temporal is reached. Names of `temporal`'s own are read too."""

    temporal_tls: bool | None = Field(
        default=None,
        validation_alias=AliasChoices("PATHFINDER_TEMPORAL_TLS", "TEMPORAL_TLS"),
        description="Whether Temporal is reached by TLS; default: when a setting of TLS or the API key is given.",
    )
    temporal_tls_ca: Path | None = Field(
        default=None,
        validation_alias=AliasChoices("PATHFINDER_TEMPORAL_TLS_CA", "TEMPORAL_TLS_SERVER_CA_CERT_PATH"),
        description="PEM file: who signed the server's certificate; default: the well-known authorities.",
    )
    temporal_tls_cert: Path | None = Field(
        default=None,
        validation_alias=AliasChoices("PATHFINDER_TEMPORAL_TLS_CERT", "TEMPORAL_TLS_CLIENT_CERT_PATH"),
        description="PEM file: our own certificate, for a server that asks for one (mTLS).",
    )
    temporal_tls_key: Path | None = Field(
        default=None,
        validation_alias=AliasChoices("PATHFINDER_TEMPORAL_TLS_KEY", "TEMPORAL_TLS_CLIENT_KEY_PATH"),
        description="PEM file: the private key of that certificate.",
    )
    temporal_tls_server_name: str = Field(
        default="",
        validation_alias=AliasChoices("PATHFINDER_TEMPORAL_TLS_SERVER_NAME", "TEMPORAL_TLS_SERVER_NAME"),
        description="The name in the server's certificate, where it is not that of the address.",
    )
    temporal_api_key: SecretStr | None = Field(
        default=None, validation_alias=AliasChoices("PATHFINDER_TEMPORAL_API_KEY", "TEMPORAL_API_KEY")
    )
    temporal_ui_url: str = Field(
        default="",
        description="Where operators open the Temporal UI; default: 127.0.0.1 and temporal_ui_port.",
    )
    payload_keys: SecretStr | None = Field(
        default=None,
        description="Key ring that encrypts what Temporal keeps: id:key …, the first encrypts; `off`: none.",
    )
    payload_keys_file: Path | None = Field(
        default=None, description="The key ring as a file; default: a file under var_dir."
    )

    @model_validator(mode="after")
    def _tls_in_one_piece(self) -> Self:
        if bool(self.temporal_tls_cert) != bool(self.temporal_tls_key):
            raise ValueError("PATHFINDER_TEMPORAL_TLS_CERT and PATHFINDER_TEMPORAL_TLS_KEY go together")
        if self.temporal_tls is False and self._asks_for_tls:
            raise ValueError(
                "PATHFINDER_TEMPORAL_TLS=false, but certificates, a server name or an API key are set,"
                " which would go over an open line: unset one or the other"
            )
        return self

    @property
    def _asks_for_tls(self) -> bool:
        files = (self.temporal_tls_ca, self.temporal_tls_cert, self.temporal_tls_key)
        return any(files) or bool(self.temporal_tls_server_name or self.temporal_api_key)

    @property
    def uses_temporal_tls(self) -> bool:
        """Whether Temporal is reached by TLS."""
        return self.temporal_tls or self._asks_for_tls


TLS_VARIABLES = tuple(
    choice
    for name, field in ReachingTemporal.model_fields.items()
    if name.startswith(("temporal_tls", "temporal_api_key"))
    and isinstance(field.validation_alias, AliasChoices)
    for choice in field.validation_alias.choices
    if isinstance(choice, str)
)
"""Every environment variable that asks for TLS or gives the API key."""
