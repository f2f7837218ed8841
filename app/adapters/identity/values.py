"""Single values in signed claims, read so that none of them can do harm further in."""

from collections.abc import Mapping

from app.adapters.identity.rules import RuleBroken

Claims = Mapping[str, object]
"""What a token says, signature and general rules aside."""
MAX_NAME_LENGTH = 255


def text(claims: Claims, name: str, *, rule: int) -> str | None:
    """A short printable string, or None where the claim is absent (`null` is not absent, and is refused).

    Printable leaves out NUL and lone surrogates, which no table can hold.
    """
    if name not in claims:
        return None
    value = claims[name]
    if not isinstance(value, str) or not 0 < len(value) <= MAX_NAME_LENGTH or not value.isprintable():
        raise RuleBroken(rule)
    return value
