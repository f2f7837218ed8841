"""What the verifier says to itself when a rule is broken. Nobody outside ever learns which one it was."""


class RuleBroken(Exception):
    """A token breaks one of the 14 rules. Becomes the cause of `Unauthenticated`: for our own logs only."""

    def __init__(self, rule: int) -> None:
        super().__init__(f"token rule {rule}")
        self.rule = rule
