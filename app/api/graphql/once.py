"""Each type is made once."""

from collections.abc import Callable
from typing import Any


def once(make: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Remember what was made of each argument."""
    made: dict[Any, Any] = {}

    def remembered(argument: Any) -> Any:
        if argument not in made:
            made[argument] = make(argument)
        return made[argument]

    return remembered
