"""What may be set about signing in: how long sessions last, which proxies are believed, who else knows people (OIDC)."""

from __future__ import annotations

import ipaddress
from typing import Self

from pydantic import Field, SecretStr, field_validator, model_validator

from connection.wanted import ReachingTemporal

HOUR, DAY = 3600, 86_400

GRANTABLE = frozenset({"secretariat", "mwg", "operator", "auditor"})
"""Roles that a provider can grant: those for the whole Alliance. A seat in the GCM names a country or body, by which its
member is recused, and a country's people are its own to name: both are appointed on record."""


class SigningIn(ReachingTemporal):
    """The part of the settings that is about signing in. Durations are in seconds."""

    session_idle_seconds: int = Field(
        default=12 * HOUR, ge=300, le=7 * DAY, description="An unused session ends after this."
    )
    session_seconds: int = Field(
        default=7 * DAY, ge=300, le=31 * DAY, description="Every session ends after this."
    )
    trusted_proxies: str = Field(
        default="",
        description="Addresses or networks whose X-Forwarded-For is believed, separated by commas; empty: none.",
    )
    first_secretariat: str = Field(
        default="", description="The address for which `up` prints a sign-in link at the first start."
    )
    oidc_issuer: str = Field(
        default="", description="OpenID Connect provider, such as https://login.example.org; empty: none."
    )
    oidc_client_id: str = ""
    oidc_client_secret: SecretStr | None = None
    oidc_domains: str = Field(
        default="",
        description="Domains of addresses that the provider may vouch for, separated by commas; empty: all.",
    )
    oidc_roles_claim: str = Field(
        default="",
        description="The claim that names groups or roles, such as groups; empty: none is believed.",
    )
    oidc_roles: str = Field(
        default="",
        description="Which of its values are which role, such as pathfinder-ops=operator, separated by commas.",
    )
    oidc_name: str = Field(default="", description="What the provider is called on the sign-in page.")

    @field_validator("trusted_proxies")
    @classmethod
    def _networks(cls, value: str) -> str:
        for one in filter(None, map(str.strip, value.split(","))):
            try:
                ipaddress.ip_network(one, strict=False)
            except ValueError:
                raise ValueError("write addresses or networks, such as 10.0.0.7, 10.1.0.0/16") from None
        return value

    @field_validator("oidc_issuer")
    @classmethod
    def _https(cls, value: str) -> str:
        loopback = value.startswith(("http://127.0.0.1", "http://localhost"))
        if value and not value.startswith("https://") and not loopback:
            raise ValueError("write the issuer's https address")
        return value

    @model_validator(mode="after")
    def _whole_provider(self) -> Self:
        if self.oidc_issuer and not self.oidc_client_id:
            raise ValueError("PATHFINDER_OIDC_ISSUER needs PATHFINDER_OIDC_CLIENT_ID")
        return self

    @field_validator("oidc_roles")
    @classmethod
    def _roles(cls, value: str) -> str:
        wrong = [
            one for one in _parts(value) if one.rpartition("=")[2].strip() not in GRANTABLE or not _key(one)
        ]
        if wrong:
            able = ", ".join(sorted(GRANTABLE))
            raise ValueError(f"write VALUE=ROLE, separated by commas, with one of the roles {able}")
        return value

    @model_validator(mode="after")
    def _whole_roles(self) -> Self:
        if bool(self.oidc_roles) != bool(self.oidc_roles_claim):
            raise ValueError("PATHFINDER_OIDC_ROLES and PATHFINDER_OIDC_ROLES_CLAIM need each other")
        return self

    @property
    def granted_roles(self) -> dict[str, str]:
        """The roles by the values of the provider's claim."""
        return {_key(one): one.rpartition("=")[2].strip() for one in _parts(self.oidc_roles)}

    def read_oidc_secret(self) -> str:
        """The client secret; empty for a client without one."""
        return self.oidc_client_secret.get_secret_value() if self.oidc_client_secret else ""

    @property
    def proxies(self) -> tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]:
        """The networks whose X-Forwarded-For is believed."""
        found = filter(None, map(str.strip, self.trusted_proxies.split(",")))
        return tuple(ipaddress.ip_network(one, strict=False) for one in found)


def _parts(text: str) -> list[str]:
    return [one.strip() for one in text.split(",") if one.strip()]


def _key(part: str) -> str:
    """The value of the claim in `value=role`; values may hold an = themselves."""
    return part.rpartition("=")[0].strip()
