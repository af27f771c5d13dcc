"""What may be set about how well an installation is guarded; and that every secret may come from a file.

A secret `X` may be given as `X_FILE`, the path of a file that holds it, as container platforms hand secrets over.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import AliasChoices, Field, model_validator
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, SettingsConfigDict

LARGEST_SECRET = 64 * 1024
"""Bytes of a file with a secret."""

OTHER_SECRETS = ("database_url", "documents_url")
"""Settings that are no secrets as a whole, but have room for a password."""

OWN_FILE = ("payload_keys",)
"""Secrets whose file is a setting of its own: it is read anew at each use."""


class Guarded(BaseSettings):
    """The part of the settings that guards an installation, and the way in which all settings are read."""

    model_config = SettingsConfigDict(
        env_prefix="PATHFINDER_",
        env_ignore_empty=True,
        populate_by_name=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    production: bool = Field(
        default=False,
        description="Whether real people rely on it: nothing starts with settings known as weak.",
    )
    acts_per_minute_person: int = Field(
        default=120, ge=1, description="How often a person may change something; more is answered 429."
    )
    acts_per_minute_country: int = Field(
        default=240, ge=1, description="How often something of a country may be changed, by all together."
    )

    @model_validator(mode="before")
    @classmethod
    def _secrets_from_files(cls, values: Any) -> Any:
        found = dict(values)
        for setting, names in secret_variables(cls).items():
            file = next((name for name in names if os.environ.get(f"{name}_FILE")), None)
            if file is None:
                continue
            if given := [name for name in names if os.environ.get(name)]:
                raise ValueError(f"{given[0]} and {file}_FILE are both set: unset one or the other")
            if not found.keys() & {setting, *names}:
                found[setting] = _content(f"{file}_FILE", Path(os.environ[f"{file}_FILE"]))
        return found


def secret_variables(settings: type[BaseSettings]) -> Mapping[str, tuple[str, ...]]:
    """The settings that hold a secret, with the variables that give it, ours first."""
    return {
        name: _variables(name, field)
        for name, field in settings.model_fields.items()
        if ("SecretStr" in str(field.annotation) or name in OTHER_SECRETS) and name not in OWN_FILE
    }


def _variables(name: str, field: FieldInfo) -> tuple[str, ...]:
    choices = field.validation_alias.choices if isinstance(field.validation_alias, AliasChoices) else ()
    return tuple(one for one in choices if isinstance(one, str)) or (f"PATHFINDER_{name.upper()}",)


def _content(variable: str, file: Path) -> str:
    try:
        with file.open("rb") as stream:
            content = stream.read(LARGEST_SECRET + 1)
        text = content.decode().strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no text"
        raise ValueError(f"{variable}: {file} cannot be read ({reason})") from None
    if not text or len(content) > LARGEST_SECRET:
        raise ValueError(f"{variable}: {file} holds no secret: it is {'too large' if text else 'empty'}")
    return text
