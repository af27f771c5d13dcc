"""What may be set from outside: addresses, ports, places and secrets, read from the environment.

Every setting is `PATHFINDER_` plus its name in capitals. Where it has a conventional name (`DATABASE_URL`,
`TEMPORAL_ADDRESS`, `TEMPORAL_NAMESPACE`, `DOCUMENTS_URL`, `SMTP_HOST`, `MAIL_FROM`, `PUBLIC_URL`, `SAMPLE`)
that one is read too, and the prefixed one wins. Durations are in seconds. Times of day and time zones are no
settings, they belong to the framework's policy; but for the hour and the weekday of the staff's digests, which is
the installation's own business.
"""

from __future__ import annotations

import os
import re
import secrets
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import AliasChoices, Field, SecretStr, ValidationError, field_validator, model_validator

from sign_in_settings import SigningIn

MINIMUM_SECRET_LENGTH = 32
"""Characters that a token secret must have at least."""

SAMPLE_CODE = re.compile(r"X[A-Z]{2}")
"""ISO 3166 leaves XAA to XZZ to its users: the codes of invented countries."""

_RETURN_PATH = re.compile(r"[A-Za-z0-9._-]{1,30}(\+\{token\})?@[A-Za-z0-9.-]{1,253}")
_PASSWORD_IN_URL = re.compile(r"(://[^:/@?]*):.*@")
_SCHEMES = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}
_OBJECT_STORES = ("file://", "memory://", "s3://", "gs://", "az://")

Port = Annotated[int, Field(ge=1, le=65535)]


class SettingsError(Exception):
    """A setting that cannot be used; the message names the variable and what to write instead."""


class Settings(SigningIn):
    """All settings of all processes. An empty address or URL is derived from the others when this is made."""

    var_dir: Path = Field(default=Path("var"), description="Folder of everything that is kept.")

    temporal_address: str = Field(
        default="",
        validation_alias=AliasChoices("PATHFINDER_TEMPORAL_ADDRESS", "TEMPORAL_ADDRESS"),
        description="host:port of the Temporal frontend; default: 127.0.0.1 and temporal_port.",
    )
    temporal_namespace: str = Field(
        default="pathfinder",
        min_length=1,
        validation_alias=AliasChoices("PATHFINDER_TEMPORAL_NAMESPACE", "TEMPORAL_NAMESPACE"),
    )
    worker_grace_seconds: float = Field(
        default=30.0, gt=0, description="How long a stopping worker lets its activities finish."
    )

    database_url: str = Field(
        default="",
        validation_alias=AliasChoices("PATHFINDER_DATABASE_URL", "DATABASE_URL"),
        description="sqlite+aiosqlite:///… or postgresql+psycopg://…; default: a file under var_dir.",
    )
    documents_url: str = Field(
        default="",
        validation_alias=AliasChoices("PATHFINDER_DOCUMENTS_URL", "DOCUMENTS_URL"),
        description="Object store: file://…, s3://…, gs://…, az://…; default: a folder under var_dir.",
    )

    smtp_host: str = Field(
        default="127.0.0.1", validation_alias=AliasChoices("PATHFINDER_SMTP_HOST", "SMTP_HOST")
    )
    smtp_port: Port = Field(default=1025, validation_alias=AliasChoices("PATHFINDER_SMTP_PORT", "SMTP_PORT"))
    smtp_user: str = Field(default="", validation_alias=AliasChoices("PATHFINDER_SMTP_USER", "SMTP_USER"))
    smtp_password: SecretStr = Field(
        default=SecretStr(""), validation_alias=AliasChoices("PATHFINDER_SMTP_PASSWORD", "SMTP_PASSWORD")
    )
    smtp_starttls: bool = Field(
        default=False, validation_alias=AliasChoices("PATHFINDER_SMTP_STARTTLS", "SMTP_STARTTLS")
    )
    mail_from: str = Field(
        default="Alliance 8.7 Secretariat <secretariat@alliance87.example>",
        validation_alias=AliasChoices("PATHFINDER_MAIL_FROM", "MAIL_FROM"),
    )

    return_path: str = Field(
        default="",
        description="Envelope sender of mails, to which they come back; default: the address in mail_from."
        " `bounces+{token}@host` puts in what stands for the message.",
    )
    imap_host: str = Field(default="", description="Of the return mailbox; empty: none is read.")
    imap_port: Port = 993
    imap_user: str = ""
    imap_password: SecretStr = SecretStr("")
    imap_security: Literal["tls", "starttls", "none"] = "tls"
    imap_folder: str = Field(default="INBOX", min_length=1, description="What is unread there is read.")
    imap_done_folder: str = Field(
        default="", description="Where read messages are moved to; empty: they stay, marked as read."
    )
    imap_poll_seconds: int = Field(default=1800, ge=60, le=86_400, description="Between two looks.")

    public_url: str = Field(
        default="",
        validation_alias=AliasChoices("PATHFINDER_PUBLIC_URL", "PUBLIC_URL"),
        description="Where people reach the API, used in mails; default: 127.0.0.1 and api_port.",
    )
    token_secret: SecretStr | None = Field(
        default=None, description="Signs the API's bearer tokens; default: a file under var_dir."
    )

    bind_host: str = Field(default="127.0.0.1", description="Where the API and the mailbox listen.")
    api_port: Port = 8000
    temporal_port: Port = 7233
    temporal_ui_port: Port = 8233
    mailbox_port: Port = 8025

    digest_hour: Annotated[int, Field(ge=0, le=23)] = Field(
        default=6, description="Hour (UTC) at which digests go out to those who hold a seat."
    )
    digest_weekday: Annotated[int, Field(ge=0, le=6)] = Field(
        default=0, description="Day of the digests that come once a week; 0 is Monday."
    )

    sample: bool = Field(
        default=True,
        validation_alias=AliasChoices("PATHFINDER_SAMPLE", "SAMPLE"),
        description="Whether the first `up` loads the sample Alliance.",
    )
    samples_allowed: bool = Field(default=True, description="Whether invented countries are accepted.")

    @field_validator("var_dir")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        return value.expanduser().absolute()

    @field_validator("database_url")
    @classmethod
    def _with_asynchronous_driver(cls, value: str) -> str:
        scheme, separator, rest = value.partition("://")
        if not value:
            return value
        if not separator or scheme not in _SCHEMES:
            raise ValueError(
                "write sqlite+aiosqlite:///path or postgresql+psycopg://user:password@host/database"
            )
        return f"{_SCHEMES[scheme]}://{rest}"

    @field_validator("documents_url")
    @classmethod
    def _known_object_store(cls, value: str) -> str:
        if value and not value.startswith(_OBJECT_STORES):
            raise ValueError(f"begin with one of {', '.join(_OBJECT_STORES)}")
        return value

    @field_validator("return_path")
    @classmethod
    def _one_address(cls, value: str) -> str:
        if value and not _RETURN_PATH.fullmatch(value):
            raise ValueError("write bounces@example.org or bounces+{token}@example.org")
        return value

    @field_validator("temporal_address")
    @classmethod
    def _host_and_port(cls, value: str) -> str:
        host, _, port = value.rpartition(":")
        if value and not (host and port.isdecimal()):
            raise ValueError("write host:port, such as 127.0.0.1:7233")
        return value

    @field_validator("token_secret")
    @classmethod
    def _long_enough(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and len(value.get_secret_value()) < MINIMUM_SECRET_LENGTH:
            raise ValueError(f"must have at least {MINIMUM_SECRET_LENGTH} characters")
        return value

    @model_validator(mode="after")
    def _derive(self) -> Self:
        derived = {
            "temporal_address": f"127.0.0.1:{self.temporal_port}",
            "database_url": f"sqlite+aiosqlite:///{self.var_dir / 'pathfinder.db'}",
            "documents_url": f"file://{self.var_dir / 'documents'}",
            "public_url": f"http://127.0.0.1:{self.api_port}",
            "temporal_ui_url": f"http://127.0.0.1:{self.temporal_ui_port}",
        }
        for name, value in derived.items():
            if not getattr(self, name):
                object.__setattr__(self, name, value)  # the model is frozen for everybody else
        for name in ("public_url", "temporal_ui_url"):
            object.__setattr__(self, name, getattr(self, name).rstrip("/"))
        return self

    @property
    def payload_keys_place(self) -> Path:
        """Where the key ring lies when the environment does not give it."""
        return self.payload_keys_file or self.var_dir / "secrets" / "payload-keys"

    @property
    def ui_codec_file(self) -> Path:
        """Where the path lies by which the Temporal UI of `up` has payloads opened."""
        return self.var_dir / "secrets" / "ui-codec"

    @property
    def token_secret_file(self) -> Path:
        """Where the token secret lies when the environment does not give it."""
        return self.var_dir / "secrets" / "token"

    def read_token_secret(self) -> str:
        """The secret that signs tokens; raises SettingsError when there is none yet."""
        if self.token_secret is not None:
            return self.token_secret.get_secret_value()
        try:
            secret = self.token_secret_file.read_text(encoding="ascii").strip()
        except FileNotFoundError:
            secret = ""
        if len(secret) < MINIMUM_SECRET_LENGTH:
            raise SettingsError(
                "There is no token secret: set PATHFINDER_TOKEN_SECRET to at least"
                f" {MINIMUM_SECRET_LENGTH} random characters, or run `pathfinder up` once,"
                f" which writes {self.token_secret_file}."
            )
        return secret

    def ensure_token_secret(self) -> None:
        """Write a fresh secret, readable by its owner only, unless one is given or already there."""
        file = self.token_secret_file
        if self.token_secret is not None or file.exists():
            return
        write_secret(file, secrets.token_urlsafe(48))

    def read_ui_codec(self) -> str:
        """The secret path on which the Temporal UI of `up` has payloads opened; empty where `up` never ran."""
        try:
            return self.ui_codec_file.read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return ""

    def accepts_code(self, code: str) -> bool:
        """Whether a country of this ISO 3166-1 alpha-3 code may be registered here."""
        return self.samples_allowed or SAMPLE_CODE.fullmatch(code) is None

    def describe(self) -> dict[str, str]:
        """Every setting by name, fit for a log: secrets are said to be set or not set, and never shown."""
        return {name: _shown(getattr(self, name)) for name in type(self).model_fields}

    def __repr_args__(self) -> list[tuple[str | None, Any]]:
        """As `describe`: settings may turn up in a traceback."""
        return list(self.describe().items())


def write_secret(file: Path, text: str) -> None:
    """Write a file that its owner alone may read; only ever whole, even if the machine stops in between."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = file.with_name(f"{file.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    draft.rename(file)


def _shown(value: object) -> str:
    if value is None or isinstance(value, SecretStr):
        return "set" if value is not None and value.get_secret_value() else "not set"
    return _PASSWORD_IN_URL.sub(r"\1:***@", str(value)).partition("?")[0]


def variable_of(setting: str) -> str:
    """The environment variable that sets `setting`, for messages: api_port gives PATHFINDER_API_PORT."""
    return f"PATHFINDER_{setting.upper()}"


def load_settings() -> Settings:
    """The settings of this process; raises SettingsError naming what cannot be used, and why."""
    try:
        return Settings()
    except ValidationError as error:
        complaints = [
            _named(part["loc"]) + part["msg"].removeprefix("Value error, ")
            for part in error.errors(include_input=False)
        ]
        raise SettingsError("Cannot use these settings: " + "; ".join(complaints)) from None


def _named(location: tuple[int | str, ...]) -> str:
    if not location:  # it concerns several, and names them
        return ""
    name = str(location[0])
    return f"{name if name.isupper() else variable_of(name)}: "
