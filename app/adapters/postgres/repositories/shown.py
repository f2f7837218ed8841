"""What is shown of people and groups to others: a protected identity shows no place, in any statement.

Its name isn't here at all: a trigger puts a word in the place of it, whoever writes it (migration `protected_identity`).
"""

from typing import Any

from sqlalchemy import case, literal_column

from app.adapters.postgres.repositories.members import REGISTRATION
from app.adapters.postgres.repositories.standing import GROUP

_NOWHERE: Any = literal_column("''")


def area_for_others(area: Any) -> Any:
    """Somebody's area, for others; empty where their identity is protected."""
    return case((REGISTRATION.c.is_protected, _NOWHERE), else_=area).label("area")


SHOWN_AREA = case((GROUP.c.shields_place, _NOWHERE), else_=GROUP.c.area).label("area")
"""A group's area, for whoever isn't a signed member of it; empty where somebody in it is to be found by nobody."""
