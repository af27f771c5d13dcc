"""What must not be where real people rely on it: settings known as weak, each with how to mend it.

With PATHFINDER_PRODUCTION=true the API, the worker and `pathfinder up` refuse to start with any of them, and name all.
Nothing is connected to for this: it is about what is written down.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from email.utils import parseaddr
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from connection.guarded import secret_variables
from connection.keys import OFF
from settings import Settings, SettingsError

FEWEST_CHARACTERS = 9
"""Different characters that a random secret of 32 has at least, a hexadecimal one too."""

MOUNTED = Path("/run/secrets")
"""Where container platforms put secrets that one container alone sees, readable by all of its users."""

DEBUGGING = ("PATHFINDER_DEBUG", "PYTHONASYNCIODEBUG", "TEMPORAL_DEBUG")
_GUESSED = ("change", "secret", "password", "example", "pathfinder")
_ENCRYPTED = ("require", "verify-ca", "verify-full")


@dataclass(frozen=True)
class Weakness:
    """One: the variable that it is about, what is wrong with its value, and what to do."""

    variable: str
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.variable}: {self.what}. {self.mend}."


def weaknesses(settings: Settings, environment: Mapping[str, str] = os.environ) -> list[Weakness]:
    """All that is known as weak, in the order of the checks; empty when there is nothing to mend."""
    return [found for check in _CHECKS for found in check(settings, environment)]


def refuse_weak(settings: Settings, environment: Mapping[str, str] = os.environ) -> None:
    """Raises SettingsError with all weaknesses, where the settings say that this is production."""
    found = weaknesses(settings, environment) if settings.production else []
    if found:
        listed = "\n".join(f"  {number}. {one}" for number, one in enumerate(found, 1))
        raise SettingsError(f"PATHFINDER_PRODUCTION is set, and nothing starts with weak settings:\n{listed}")


def _addresses(settings: Settings, _: Mapping[str, str]) -> Iterator[Weakness]:
    if not settings.public_url.startswith("https://"):
        yield Weakness(
            "PUBLIC_URL",
            "people would sign in over an open line",
            "Write the https address of the proxy that stands before the API",
        )
    ui = urlsplit(settings.temporal_ui_url)
    if ui.scheme != "https" and not _near(ui.hostname or ""):
        yield Weakness(
            "PATHFINDER_TEMPORAL_UI_URL",
            "operators would read countries over an open line",
            "Write an https address, or one of this machine",
        )


def _proxy(settings: Settings, environment: Mapping[str, str]) -> Iterator[Weakness]:
    if any(network.prefixlen == 0 for network in settings.proxies):
        yield Weakness(
            "PATHFINDER_TRUSTED_PROXIES",
            "whoever calls may say that they are somebody else",
            "Name the addresses of the proxies",
        )
    elif not settings.proxies and not _is_loopback(settings.bind_host):
        yield Weakness(
            "PATHFINDER_BIND_HOST",
            f"the API listens on {settings.bind_host} and knows of no proxy before it",
            "Listen on 127.0.0.1, or name the proxy's address in PATHFINDER_TRUSTED_PROXIES",
        )


def _secrets(settings: Settings, environment: Mapping[str, str]) -> Iterator[Weakness]:
    try:
        secret = settings.read_token_secret()
    except SettingsError as error:
        yield Weakness("PATHFINDER_TOKEN_SECRET", "there is none", str(error).rstrip("."))
    else:
        if len(set(secret)) < FEWEST_CHARACTERS or any(word in secret.lower() for word in _GUESSED):
            yield Weakness(
                "PATHFINDER_TOKEN_SECRET",
                "it can be guessed: it repeats itself or is made of words",
                "Write the output of `openssl rand -base64 48`",
            )
    if settings.payload_keys and settings.payload_keys.get_secret_value().strip() == OFF:
        yield Weakness(
            "PATHFINDER_PAYLOAD_KEYS",
            "what Temporal keeps is not encrypted",
            "`pathfinder payload-key` makes a key",
        )
    for variable, file in _secret_files(settings, environment):
        if others_may_read(file):
            yield Weakness(
                variable, f"other users of this machine may read {file}", f"Run `chmod 600 {file}`"
            )


def _secret_files(settings: Settings, environment: Mapping[str, str]) -> Iterator[tuple[str, Path]]:
    for names in secret_variables(type(settings)).values():
        for name in names:
            if given := environment.get(f"{name}_FILE"):
                yield f"{name}_FILE", Path(given)
    if settings.token_secret is None:
        yield "PATHFINDER_TOKEN_SECRET", settings.token_secret_file
    if settings.payload_keys is None:
        yield "PATHFINDER_PAYLOAD_KEYS_FILE", settings.payload_keys_place
    if settings.temporal_tls_key is not None:
        yield "PATHFINDER_TEMPORAL_TLS_KEY", settings.temporal_tls_key


def _invented(settings: Settings, environment: Mapping[str, str]) -> Iterator[Weakness]:
    if settings.samples_allowed:
        yield Weakness(
            "PATHFINDER_SAMPLES_ALLOWED",
            "invented countries could be registered beside real ones",
            "Write false",
        )
    for name in DEBUGGING:
        if environment.get(name, "").lower() not in ("", "0", "false", "no"):
            yield Weakness(name, "what is wrong inside is shown to whoever asks", "Unset it")


def _lines(settings: Settings, _: Mapping[str, str]) -> Iterator[Weakness]:
    if not (settings.uses_temporal_tls or _near(settings.temporal_address.rpartition(":")[0])):
        yield Weakness(
            "PATHFINDER_TEMPORAL_TLS",
            "Temporal is on another machine and reached over an open line",
            "Write true, and the certificates if it asks for some",
        )
    database = urlsplit(settings.database_url)
    mode = parse_qs(database.query).get("sslmode", [""])[-1]
    away = database.scheme.startswith("postgresql") and not _near(database.hostname or "")
    if away and mode not in _ENCRYPTED:
        yield Weakness(
            "DATABASE_URL",
            "the database is on another machine and may be reached over an open line",
            "Add ?sslmode=verify-full",
        )


def _mail(settings: Settings, _: Mapping[str, str]) -> Iterator[Weakness]:
    if settings.smtp_host == "mailbox" or (_is_loopback(settings.smtp_host) and settings.smtp_port == 1025):
        yield Weakness(
            "SMTP_HOST",
            "mail goes to the local mailbox, which delivers nothing and shows it to whoever looks",
            "Name a mail server",
        )
    elif not (settings.smtp_starttls or _near(settings.smtp_host)):
        yield Weakness(
            "SMTP_STARTTLS", "mail leaves over an open line, links to sign in with it", "Write true"
        )
    if settings.imap_host and settings.imap_security == "none" and not _near(settings.imap_host):
        yield Weakness(
            "PATHFINDER_IMAP_SECURITY", "the return mailbox's password goes over an open line", "Write tls"
        )
    if parseaddr(settings.mail_from)[1].endswith((".example", "example.org", "example.com")):
        yield Weakness("MAIL_FROM", "it is an example's address", "Write the Secretariat's own")


def _kept(settings: Settings, _: Mapping[str, str]) -> Iterator[Weakness]:
    places = [("PATHFINDER_VAR_DIR", settings.var_dir)]
    for variable, url in (("DOCUMENTS_URL", settings.documents_url), ("DATABASE_URL", settings.database_url)):
        scheme, _separator, path = url.partition("://")
        if scheme == "file":
            places.append((variable, Path(unquote(path))))
        elif scheme.startswith("sqlite"):
            places.append((variable, Path(path.partition("?")[0].removeprefix("/"))))
    for variable, place in places:
        if others_may_read(place):
            yield Weakness(
                variable,
                f"other users of this machine may read what lies in {place}",
                f"Run `chmod o-rwx {place}`",
            )


_CHECKS: tuple[Callable[[Settings, Mapping[str, str]], Iterator[Weakness]], ...] = (
    _addresses,
    _proxy,
    _secrets,
    _invented,
    _lines,
    _mail,
    _kept,
)


def others_may_read(place: Path) -> bool:
    """Whether users who are neither its owner nor of its group reach a file or folder and may read it."""
    place = place.absolute()
    if MOUNTED in place.parents or not place.exists():
        return False
    needed = stat.S_IROTH | (stat.S_IXOTH if place.is_dir() else 0)
    reached = all(folder.stat().st_mode & stat.S_IXOTH for folder in place.parents)
    return reached and place.stat().st_mode & needed == needed


def _near(host: str) -> bool:
    """Whether a host is this machine, or a neighbour in a network of containers, whose names have no dot."""
    return not host or _is_loopback(host) or ("." not in host and ":" not in host)


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
