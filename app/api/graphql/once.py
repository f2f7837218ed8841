"""Each type is made once."""

from collections.abc import Callable
from threading import RLock
from typing import Any

_MAKING = RLock()
"""The schema is made beside the start, in a thread of its own; whoever needs a type meanwhile must not make another."""


def once(make: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Remember what was made of each argument."""
    made: dict[Any, Any] = {}

    def remembered(argument: Any) -> Any:
        if argument not in made:
            with _MAKING:
                if argument not in made:
                    made[argument] = make(argument)
        return made[argument]

    return remembered
