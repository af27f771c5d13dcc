"""An authority of the tests' own: certificates as files, and a TLS door before a server that speaks none."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass(frozen=True)
class Papers:
    """A certificate and its private key, as PEM files."""

    cert: Path
    key: Path


class Authority:
    """Signs certificates; its own stands in `papers.cert`."""

    def __init__(self, folder: Path, name: str = "authority") -> None:
        self.folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = _named(name)
        self.papers = self._written(name, self._key, self._signed(name, self._key, authority=True))

    def issue(self, name: str) -> Papers:
        """Papers for a server or client of that name; as a server's they also hold for 127.0.0.1."""
        key = ec.generate_private_key(ec.SECP256R1())
        return self._written(name, key, self._signed(name, key, authority=False))

    def _signed(self, name: str, key: ec.EllipticCurvePrivateKey, *, authority: bool) -> x509.Certificate:
        now = datetime.now(UTC)
        names = x509.SubjectAlternativeName(
            [x509.DNSName(name), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
        )
        building = (
            x509.CertificateBuilder()
            .subject_name(_named(name))
            .issuer_name(self._name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(hours=1))
            .not_valid_after(now + timedelta(hours=1))
            .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        )
        if not authority:
            building = building.add_extension(names, critical=False)
        return building.sign(self._key, hashes.SHA256())

    def _written(self, name: str, key: ec.EllipticCurvePrivateKey, cert: x509.Certificate) -> Papers:
        papers = Papers(self.folder / f"{name}.pem", self.folder / f"{name}.key")
        pem, pkcs8 = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
        papers.cert.write_bytes(cert.public_bytes(pem))
        papers.key.write_bytes(key.private_bytes(pem, pkcs8, serialization.NoEncryption()))
        return papers


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


@asynccontextmanager
async def tls_door(target: str, papers: Papers, *, asks: Papers | None = None) -> AsyncIterator[str]:
    """The address of a door that speaks TLS and passes everything on to `target` (host:port).

    `asks`: an authority; only who shows a certificate that it signed comes in.
    """
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(papers.cert, papers.key)
    context.set_alpn_protocols(["h2"])
    if asks is not None:
        context.load_verify_locations(asks.cert)
        context.verify_mode = ssl.CERT_REQUIRED
    host, _, port = target.rpartition(":")

    async def passed_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.closing(writer):
            back, forth = await asyncio.open_connection(host, int(port))
            await asyncio.gather(_copied(reader, forth), _copied(back, writer))

    server = await asyncio.start_server(passed_on, "127.0.0.1", 0, ssl=context)
    try:
        yield f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()


async def _copied(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.closing(writer), contextlib.suppress(OSError):
        while piece := await reader.read(64 * 1024):
            writer.write(piece)
            await writer.drain()
