"""The people of a country as one thing that can be confirmed: the same contacts have the same fingerprint (EOI-03)."""

import hashlib
import json
from collections.abc import Iterable

from framework.records.basics import Contact

LENGTH = 24
"""Hexadecimal digits of a fingerprint: enough to tell contacts apart, short enough for a link."""


def fingerprint(focal_point: Contact, deputies: Iterable[Contact], ministry: str, ministry_email: str) -> str:
    """A fingerprint of names, posts and addresses; languages and time zones are nothing to be confirmed."""
    people = [[one.name, one.post, one.email, one.second_email] for one in (focal_point, *deputies)]
    content = json.dumps([*people, [ministry, ministry_email]], ensure_ascii=False)
    return hashlib.sha256(content.encode("utf-8", "replace")).hexdigest()[:LENGTH]
