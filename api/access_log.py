"""Keeps secret addresses out of the server's log of requests: whoever reads it could read calendars, or sign in."""

import logging
import re

_ADDRESS = re.compile(r"(?<=/calendar/)[^/?\s]+|(?<=/sign-in/link/)[^/?\s]+|(?<=/sign-in/oidc/back\?)\S+")


class WithoutAddresses(logging.Filter):
    """Writes `/calendar/…` for the address of a calendar, and the like for links that sign in."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Lets every line pass, without addresses."""
        if isinstance(record.args, tuple):
            record.args = tuple(
                _ADDRESS.sub("…", one) if isinstance(one, str) else one for one in record.args
            )
        return True


_FILTER = WithoutAddresses()


def keep_addresses_out() -> None:
    """Sees to it that uvicorn's log of requests names no address; harmless when repeated."""
    logging.getLogger("uvicorn.access").addFilter(_FILTER)
