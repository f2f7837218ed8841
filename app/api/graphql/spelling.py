"""How GraphQL spells what the table of operations names: arguments, and the places that a refusal points at."""

from strawberry.utils.str_converters import to_camel_case

_PAGING = {"limit": "first", "cursor": "after"}
"""By the names that lists have for it in GraphQL (Relay's)."""


def argument(name: str) -> str:
    """The argument that a member of an operation's input, its filters or its page is."""
    return _PAGING.get(name) or to_camel_case(name)


def pointer(place: str) -> str:
    """A JSON Pointer into what REST takes, as one into the arguments: `/settings/quiet_from` as `/settings/quietFrom`."""
    root, *steps = place.split("/")
    spelt = [to_camel_case(step) if depth else argument(step) for depth, step in enumerate(steps)]
    return "/".join([root, *spelt])
