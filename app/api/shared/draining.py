"""Whether this process is on its way out."""

from collections.abc import Callable


class Drain:
    """Set once, when the process is told to stop: readiness turns false and answers close their connections."""

    __slots__ = ("_then", "has_begun")

    def __init__(self) -> None:
        self.has_begun = False
        self._then: list[Callable[[], None]] = []

    def then(self, do: Callable[[], None]) -> None:
        """Do this when it begins; it may be called by a signal, in the midst of anything."""
        self._then.append(do)

    def begin(self) -> None:
        """Stop inviting new requests; those that come are still served. What never ends by itself is told to end."""
        if not self.has_begun:
            self.has_begun = True
            for do in self._then:
                do()
