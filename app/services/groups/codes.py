"""The code with which people find a group: for an application, or to ask for a place."""

import base64

from app.services.groups.ports import GroupsUnitOfWork


def new_code(tx: GroupsUnitOfWork) -> str:
    """A code that nobody can guess: 120 bits, in letters and digits that can be read aloud."""
    return base64.b32encode(tx.random_bytes(15)).decode().lower()
