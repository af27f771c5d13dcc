"""TLS to the Temporal server as the settings ask for it: files are read and tried before anything connects."""

from __future__ import annotations

import ssl
from pathlib import Path

from temporalio.service import TLSConfig

from settings import Settings, SettingsError, variable_of


def tls_of(settings: Settings) -> TLSConfig | None:
    """The TLS configuration; None where the settings ask for none. Raises SettingsError naming the variable."""
    if not settings.uses_temporal_tls:
        return None
    _try_files(settings)
    ca, cert, key = settings.temporal_tls_ca, settings.temporal_tls_cert, settings.temporal_tls_key
    return TLSConfig(
        server_root_ca_cert=ca.read_bytes() if ca else None,
        client_cert=cert.read_bytes() if cert else None,
        client_private_key=key.read_bytes() if key else None,
        domain=settings.temporal_tls_server_name or None,
    )


def _try_files(settings: Settings) -> None:
    for setting in ("temporal_tls_ca", "temporal_tls_cert", "temporal_tls_key"):
        _readable(setting, getattr(settings, setting))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        if settings.temporal_tls_ca:
            context.load_verify_locations(settings.temporal_tls_ca)
    except (ssl.SSLError, ValueError):
        raise SettingsError(
            f"{variable_of('temporal_tls_ca')}: the file holds no certificates (PEM)."
        ) from None
    try:
        if settings.temporal_tls_cert and settings.temporal_tls_key:
            context.load_cert_chain(settings.temporal_tls_cert, settings.temporal_tls_key, password=b"")
    except (ssl.SSLError, ValueError):
        names = " and ".join(map(variable_of, ("temporal_tls_cert", "temporal_tls_key")))
        raise SettingsError(
            f"{names}: the files are not a certificate and its private key (PEM, without a password)."
        ) from None


def _readable(setting: str, file: Path | None) -> None:
    try:
        if file is not None:
            file.read_bytes()
    except OSError as error:
        raise SettingsError(f"{variable_of(setting)}: {file} cannot be read ({error.strerror}).") from None
