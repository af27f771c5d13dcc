"""Bearer tokens of the API: signed with the installation's secret (HS256), dated, for one role.

`pathfinder token` issues them, the API reads them. A token is refused as a whole for any doubt: another
algorithm, another issuer or audience, no or a past end, a role that is not given to people.
"""

import re
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from joserfc import jwt
from joserfc.errors import ExpiredTokenError, JoseError
from joserfc.jwk import OctKey

from access.people import FOR_A_COUNTRY, Principal
from framework.obligations import KINDS
from framework.terms import Role

ISSUER = "pathfinder"
AUDIENCE = "pathfinder-api"
ALGORITHM = "HS256"
WITH_A_SEAT = frozenset({Role.GCM, Role.CHAIR})
"""Who holds a seat, perhaps of a country, which does not decide about itself."""

COUNTRY_CODE = re.compile(r"[A-Z]{3}")
LONGEST_VALIDITY = timedelta(days=366)
DEFAULT_VALIDITY = timedelta(days=30)
LONGEST_NAME = 200

_CLAIMS = jwt.JWTClaimsRegistry(
    iss={"essential": True, "value": ISSUER},
    aud={"essential": True, "value": AUDIENCE},
    exp={"essential": True},
    iat={"essential": True},
    sub={"essential": True, "allow_blank": True},
    role={"essential": True},
)


class TokenError(Exception):
    """A token that cannot be issued or is not accepted; the message says why and what to do."""


def issue(
    secret: str,
    role: Role,
    country: str = "",
    name: str = "",
    valid_for: timedelta = DEFAULT_VALIDITY,
    *,
    tasks: Sequence[str] = (),
    now: datetime | None = None,
) -> str:
    """A signed token; raises TokenError when role, country, name, tasks and duration do not go together.

    `tasks`: the kinds of task that a contributor works on.
    """
    start = now or datetime.now(UTC)
    check_person(role, country, name)
    _check_tasks(role, tasks)
    if not timedelta(0) < valid_for <= LONGEST_VALIDITY:
        raise TokenError(f"A token is valid for more than nothing and at most {LONGEST_VALIDITY.days} days.")
    claims: dict[str, object] = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "iat": int(start.timestamp()),
        "exp": int((start + valid_for).timestamp()),
        "jti": uuid.uuid4().hex,
        "sub": name,
        "role": role.value,
        "country": country,
        **({"tasks": list(tasks)} if tasks else {}),
    }
    return jwt.encode({"alg": ALGORITHM}, claims, _key(secret), algorithms=[ALGORITHM])


def read(secret: str, token: str) -> Principal:
    """Whom a token speaks for, now; raises TokenError when it is not ours, not valid any more,
    or makes no sense."""
    try:
        claims = jwt.decode(token, _key(secret), algorithms=[ALGORITHM]).claims
        _CLAIMS.validate(claims)
    except ExpiredTokenError:
        raise TokenError("The token has expired. Get a new one with `pathfinder token`.") from None
    except (JoseError, ValueError, TypeError, RecursionError):
        raise TokenError("The token is not valid here. Get one with `pathfinder token`.") from None
    return _principal(claims)


def _principal(claims: dict[str, object]) -> Principal:
    name, country, end = claims.get("sub"), claims.get("country", ""), claims["exp"]
    tasks = claims.get("tasks", [])
    try:
        role = Role(str(claims["role"]))
    except ValueError:
        raise TokenError("The token names a role that does not exist.") from None
    if not (isinstance(name, str) and isinstance(country, str) and isinstance(end, int | float)):
        raise TokenError("The token is not valid here. Get one with `pathfinder token`.")
    if not (isinstance(tasks, list) and all(isinstance(one, str) for one in tasks)):
        raise TokenError("The token is not valid here. Get one with `pathfinder token`.")
    check_person(role, country, name)
    _check_tasks(role, tasks)
    until = datetime.fromtimestamp(end, UTC)
    return Principal(role=role, name=name, country=country, tasks=tuple(tasks), until=until)


def check_person(role: Role, country: str, name: str) -> None:
    """Raises TokenError when role, country and name cannot be those of one person."""
    if role is Role.SYSTEM:
        raise TokenError("The role `system` is the country's own process: it is never given to a person.")
    if (role in FOR_A_COUNTRY or country) and not COUNTRY_CODE.fullmatch(country):
        raise TokenError(f"{_of(role)} token names its country: three capital letters, such as XAA.")
    if country and role not in FOR_A_COUNTRY | WITH_A_SEAT:
        raise TokenError(f"Only a focal point's token names a country; the role {role.value} acts for all.")
    if len(name) > LONGEST_NAME or not name.isprintable():
        raise TokenError(f"A name has at most {LONGEST_NAME} printable characters.")


def _check_tasks(role: Role, tasks: Sequence[str]) -> None:
    if bool(tasks) != (role is Role.CONTRIBUTOR):
        raise TokenError(
            "A contributor's token names kinds of task, as progress_report; no other token does."
        )
    if unknown := sorted(set(tasks) - set(KINDS)):
        raise TokenError(f"There is no kind of task named {', '.join(unknown)}.")


def _of(role: Role) -> str:
    return "A focal point's" if role is Role.FOCAL_POINT else f"The {role.value}'s"


def _key(secret: str) -> OctKey:
    if not secret:
        raise TokenError("There is no secret to sign tokens with.")
    return OctKey.import_key(secret)
