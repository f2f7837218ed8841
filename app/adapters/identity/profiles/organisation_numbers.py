"""Organisation numbers as issuers write them (ISO 6523: which register, and the number in it)."""

from collections.abc import Mapping

from app.adapters.identity.profiles.profile import OWN_RULE
from app.adapters.identity.rules import RuleBroken
from app.domain.systems.account import is_organisation_number

AUTHORITY = "iso6523-actorid-upis"
NORWEGIAN = "0192"
"""The register of Norwegian organisations; no other is in use at Maskinporten, and an unknown one is refused."""


def from_iso6523(value: object) -> str:
    """`{"authority": "iso6523-actorid-upis", "ID": "0192:991825827"}` as `0192:991825827`; else `RuleBroken`."""
    if not isinstance(value, Mapping) or value.get("authority") != AUTHORITY:
        raise RuleBroken(OWN_RULE)
    identifier = value.get("ID")
    if not isinstance(identifier, str) or not identifier.startswith(f"{NORWEGIAN}:"):
        raise RuleBroken(OWN_RULE)
    return from_norwegian(identifier.removeprefix(f"{NORWEGIAN}:"))


def from_norwegian(number: object) -> str:
    """A Norwegian number, its check digit looked at, with its register before it; else `RuleBroken`."""
    if not isinstance(number, str) or not is_organisation_number(number):
        raise RuleBroken(OWN_RULE)
    return f"{NORWEGIAN}:{number}"
