"""Signing in with an organisation's own provider: OpenID Connect, code flow with PKCE, state and nonce.

The provider says who somebody is, by an address that it has verified. What they may do, our record says; beside it the
provider, where the settings map a claim of its to roles (`api.oidc_roles`).
"""

import base64
import hashlib
import hmac
import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import httpx2
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, OctKey

from api.oidc_roles import Vouched, name_in, roles_in
from settings import Settings

BACK = "/sign-in/oidc/back"
WITHIN = timedelta(minutes=10)
"""How long somebody may take at the provider."""

KNOWN_FOR = timedelta(hours=1)
"""How long the provider's addresses and keys are kept in mind."""

ASKED_AGAIN_AFTER = timedelta(minutes=1)
"""A token with an unknown key makes us look for new keys, but not at every such token."""

LEEWAY_SECONDS = 60
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
"""Signatures that only the provider can make. Never `none`, and none that whoever checks could make as well."""

TIMEOUT_SECONDS = 10.0

log = logging.getLogger(__name__)


class ProviderAway(Exception):
    """The provider does not answer, or not as it must."""


class NotVouchedFor(Exception):
    """What came back lets nobody in; the message is for the log and names no person."""


@dataclass(frozen=True, kw_only=True)
class Begun:
    """What the browser keeps while its user is at the provider, and where to go afterwards."""

    state: str
    nonce: str
    verifier: str
    to: str


@dataclass
class _Known:
    """The provider as it described itself."""

    metadata: Mapping[str, Any]
    keys: Mapping[str, Any]
    at: datetime


@dataclass
class Provider:
    """The one provider of this installation."""

    settings: Settings
    _known: _Known | None = field(default=None, init=False)

    @property
    def back(self) -> str:
        """Where the provider sends people back to; it must know this address."""
        return f"{self.settings.public_url}{BACK}"

    async def address(self, begun: Begun, now: datetime) -> str:
        """Where somebody signs in. Raises ProviderAway."""
        metadata = (await self._provider(now)).metadata
        challenge = base64.urlsafe_b64encode(hashlib.sha256(begun.verifier.encode()).digest())
        query = {
            "response_type": "code",
            "client_id": self.settings.oidc_client_id,
            "redirect_uri": self.back,
            "scope": "openid email profile" if self.settings.oidc_roles_claim else "openid email",
            "state": begun.state,
            "nonce": begun.nonce,
            "code_challenge": challenge.rstrip(b"=").decode(),
            "code_challenge_method": "S256",
        }
        start = str(metadata["authorization_endpoint"])
        return f"{start}{'&' if '?' in start else '?'}{urlencode(query)}"

    async def vouched(self, code: str, begun: Begun, now: datetime) -> Vouched:
        """Who came back with a code: address, and what the settings let the provider say. Raises ProviderAway and
        NotVouchedFor."""
        known = await self._provider(now)
        answer = await self._exchange(known.metadata, code, begun)
        claims = await self._claims(str(answer.get("id_token", "")), begun, now)
        claim, mapped = self.settings.oidc_roles_claim, self.settings.granted_roles
        if "email" not in claims or (claim and not roles_in(claims, claim, mapped)):
            claims = await self._more(known.metadata, str(answer.get("access_token", "")), claims)
        roles = roles_in(claims, claim, mapped)
        return Vouched(address=self._address(claims), name=name_in(claims), roles=roles)

    async def _exchange(self, metadata: Mapping[str, Any], code: str, begun: Begun) -> Mapping[str, Any]:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.back,
            "client_id": self.settings.oidc_client_id,
            "code_verifier": begun.verifier,
        }
        secret = self.settings.read_oidc_secret()
        basic = "client_secret_basic" in metadata.get(
            "token_endpoint_auth_methods_supported", ["client_secret_basic"]
        )
        auth = (self.settings.oidc_client_id, secret) if secret and basic else None
        if secret and not basic:
            form["client_secret"] = secret
        return await _fetched("POST", str(metadata["token_endpoint"]), data=form, auth=auth)

    async def _claims(self, token: str, begun: Begun, now: datetime) -> Mapping[str, Any]:
        known = await self._provider(now)
        try:
            return self._read(token, known, begun, now)
        except (JoseError, ValueError, TypeError, KeyError):
            if now - known.at < ASKED_AGAIN_AFTER:
                raise NotVouchedFor("the identity token does not hold") from None
        self._known = None  # the provider may have new keys
        try:
            return self._read(token, await self._provider(now), begun, now)
        except (JoseError, ValueError, TypeError, KeyError):
            raise NotVouchedFor("the identity token does not hold") from None

    def _read(self, token: str, known: _Known, begun: Begun, now: datetime) -> Mapping[str, Any]:
        keys = KeySet.import_key_set({"keys": list(known.keys["keys"])})
        claims = jwt.decode(token, keys, algorithms=list(ALGORITHMS)).claims
        jwt.JWTClaimsRegistry(
            now=int(now.timestamp()),
            leeway=LEEWAY_SECONDS,
            iss={"essential": True, "value": str(known.metadata["issuer"])},
            aud={"essential": True, "value": self.settings.oidc_client_id},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
            nonce={"essential": True, "value": begun.nonce},
        ).validate(claims)
        if claims.get("azp", self.settings.oidc_client_id) != self.settings.oidc_client_id:
            raise ValueError("made for another client")
        return claims

    async def _more(
        self, metadata: Mapping[str, Any], access_token: str, claims: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        where = str(metadata.get("userinfo_endpoint", ""))
        if not where or not access_token:
            return claims
        found = await _fetched("GET", where, headers={"Authorization": f"Bearer {access_token}"})
        if found.get("sub") != claims["sub"]:
            raise NotVouchedFor("the provider speaks of another person")
        return {**found, **claims}

    def _address(self, claims: Mapping[str, Any]) -> str:
        address = str(claims.get("email") or "").strip()
        if claims.get("email_verified") is not True or "@" not in address:
            raise NotVouchedFor("the provider has not verified the address")
        allowed = {one.strip().lower() for one in self.settings.oidc_domains.split(",") if one.strip()}
        if allowed and address.rpartition("@")[2].lower() not in allowed:
            raise NotVouchedFor("the provider does not speak for the address's domain")
        return address

    async def _provider(self, now: datetime) -> _Known:
        if self._known is not None and now - self._known.at < KNOWN_FOR:
            return self._known
        issuer = self.settings.oidc_issuer
        metadata = await _fetched("GET", f"{issuer.rstrip('/')}/.well-known/openid-configuration")
        if str(metadata.get("issuer", "")).rstrip("/") != issuer.rstrip("/"):
            raise ProviderAway("the provider calls itself by another name than PATHFINDER_OIDC_ISSUER")
        if not all(metadata.get(name) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")):
            raise ProviderAway("the provider does not say where to sign in")
        keys = await _fetched("GET", str(metadata["jwks_uri"]))
        if not isinstance(keys.get("keys"), list):
            raise ProviderAway("the provider has no keys")
        self._known = _Known(metadata, keys, now)
        return self._known


def begin(to: str) -> Begun:
    """Fresh secrets for one way to the provider and back."""
    return Begun(
        state=secrets.token_urlsafe(24),
        nonce=secrets.token_urlsafe(24),
        verifier=secrets.token_urlsafe(48),
        to=to,
    )


def sealed(begun: Begun, secret: str, now: datetime) -> str:
    """What the browser keeps: signed, so that no other site can slip in a state of its own."""
    claims: dict[str, object] = {
        "state": begun.state,
        "nonce": begun.nonce,
        "verifier": begun.verifier,
        "to": begun.to,
        "exp": int((now + WITHIN).timestamp()),
    }
    return jwt.encode({"alg": "HS256"}, claims, _key(secret), algorithms=["HS256"])


def opened(kept: str, state: str, secret: str, now: datetime) -> Begun:
    """What the browser kept, if it belongs to what comes back. Raises NotVouchedFor."""
    try:
        claims = jwt.decode(kept, _key(secret), algorithms=["HS256"]).claims
        jwt.JWTClaimsRegistry(now=int(now.timestamp()), exp={"essential": True}).validate(claims)
        begun = Begun(**{name: str(claims[name]) for name in ("state", "nonce", "verifier", "to")})
    except (JoseError, ValueError, TypeError, KeyError, RecursionError):
        raise NotVouchedFor("the browser kept nothing that belongs to this") from None
    if not hmac.compare_digest(begun.state.encode(), state.encode()):
        raise NotVouchedFor("the state is another one")
    return begun


async def _fetched(method: str, address: str, **more: Any) -> Mapping[str, Any]:
    try:
        async with httpx2.AsyncClient(timeout=TIMEOUT_SECONDS) as client:
            answer = await client.request(method, address, **more)
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise ProviderAway(f"the provider cannot be reached: {type(error).__name__}") from None
    if answer.status_code >= 500:
        raise ProviderAway(f"the provider answers {answer.status_code}")
    if answer.status_code != 200:
        raise NotVouchedFor(f"the provider refuses: {answer.status_code}")
    try:
        content = answer.json()
    except ValueError:
        content = None
    if not isinstance(content, dict):
        raise ProviderAway("the provider answers something else than JSON")
    return content


def _key(secret: str) -> OctKey:
    return OctKey.import_key(hmac.digest(secret.encode(), b"pathfinder oidc", hashlib.sha256))
