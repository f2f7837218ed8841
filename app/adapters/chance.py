"""Chance, from the operating system."""

import secrets


class SystemChance:
    """See `adapters.postgres.work.Chance`."""

    def bits(self, count: int) -> int:
        return secrets.randbits(count)
