"""What the verifier says to itself when a rule is broken. Nobody outside ever learns which one it was."""


class RuleBroken(Exception):
    """A token breaks a rule: 1 to 14 for all, 15 proof of possession, 16 what the issuer's profile asks for.

    Becomes the cause of `Unauthenticated`: for our own logs only.
    """

    def __init__(self, rule: int) -> None:
        super().__init__(f"token rule {rule}")
        self.rule = rule
