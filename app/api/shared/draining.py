"""Whether this process is on its way out."""


class Drain:
    """Set once, when the process is told to stop: readiness turns false and answers close their connections."""

    __slots__ = ("has_begun",)

    def __init__(self) -> None:
        self.has_begun = False

    def begin(self) -> None:
        """Stop inviting new requests; those that come are still served."""
        self.has_begun = True
