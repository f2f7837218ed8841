"""Columns by their kind, in a word each (`held.py` shows how)."""

from collections.abc import Callable
from typing import Any

from app.adapters.postgres.inventory.held import Columns
from app.domain.keeping.data_kind import DataKind


def _of(kind: DataKind) -> Callable[..., Columns]:
    def columns(*names: str, **apart: Any) -> Columns:
        return Columns(kind=kind, names=names, **apart)

    return columns


identity = _of(DataKind.IDENTITY)
"""Who somebody is."""
contact = _of(DataKind.CONTACT)
"""How somebody is reached."""
confided = _of(DataKind.CONFIDED)
"""What somebody looks for or has told, and what came of it."""
membership = _of(DataKind.MEMBERSHIP)
"""That somebody belongs, applied, promised or was there."""
vote = _of(DataKind.VOTE)
"""A vote, or that somebody may or did vote."""
training = _of(DataKind.TRAINING)
"""What somebody has done as a volunteer."""
duty = _of(DataKind.DUTY)
"""What somebody does for an organisation."""
access = _of(DataKind.ACCESS)
"""Who looked at what about whom."""
group = _of(DataKind.GROUP)
"""What a group has arranged or decided; about nobody of it."""
public = _of(DataKind.PUBLIC)
"""What everyone may know."""
technical = _of(DataKind.TECHNICAL)
"""What tells nothing about anybody."""
