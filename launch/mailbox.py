"""The local mailbox of `up`: takes every mail by SMTP, delivers none, and shows them on a page.

It stands in for a mail server on one's own machine. Run as a module it listens where the settings say.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
from collections.abc import Iterator
from functools import partial

import uvicorn
from aiosmtpd.smtp import SMTP, Envelope, Session

from launch.mail_page import build_page
from launch.mail_store import MailStore
from settings import Settings, SettingsError, load_settings

LARGEST_MAIL_BYTES = 33_554_432


class Keeper:
    """Answers the end of each mail: 250 only when it is on disk."""

    def __init__(self, store: MailStore) -> None:
        self._store = store

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        """Called by aiosmtpd with a whole mail."""
        content = envelope.content
        assert isinstance(content, bytes)
        try:
            key = self._store.keep(content, envelope.mail_from or "", envelope.rcpt_tos)
        except OSError as error:
            return f"452 4.3.1 The mailbox cannot store it: {error.strerror}"
        return f"250 2.0.0 Kept as {key}"


class _Server(uvicorn.Server):
    """uvicorn would end the process by the signal that it got, before the SMTP side has finished."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, partial(setattr, self, "should_exit", True))
        yield


async def serve(settings: Settings) -> None:
    """Take mail and show it until SIGTERM or SIGINT. Mails lie in `var_dir/mail`. Raises OSError."""
    store = MailStore(settings.var_dir / "mail")
    loop = asyncio.get_running_loop()
    protocol = partial(
        SMTP,
        Keeper(store),
        enable_SMTPUTF8=True,
        data_size_limit=LARGEST_MAIL_BYTES,
        hostname="mailbox",
        loop=loop,
    )
    smtp = await loop.create_server(protocol, settings.bind_host, settings.smtp_port)
    page = uvicorn.Config(
        build_page(store),
        host=settings.bind_host,
        port=settings.mailbox_port,
        log_level="warning",
        timeout_graceful_shutdown=1,
    )
    async with smtp:
        await _Server(page).serve()


def main() -> int:
    """The mailbox process: 0 after a stop that was asked for, 1 when it cannot start (stderr says why)."""
    try:
        asyncio.run(serve(load_settings()))
    except (OSError, SettingsError) as error:
        print(f"The mailbox cannot start: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
