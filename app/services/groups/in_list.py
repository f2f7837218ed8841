"""A group as its organisation's staff list it: what a list is made of, and what of a group it never tells."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from app.domain.groups.group import Form, Origin
from app.domain.shared.ids import GroupId, OrganisationId
from app.services.ports.composition import CompositionView


class GroupInList(NamedTuple):
    """What a coordinator's list is made of, before anything is left out. A page has many: so it is a tuple."""

    id: GroupId
    organisation_id: OrganisationId
    theme: str | None
    form: Form
    area: str
    language: str
    seats: int
    version: int
    first_meeting_at: datetime | None
    members: int
    has_ended: bool
    """Whether it has come to the end that it has set itself."""
    origin: Origin
    starter_helps: bool
    composition: CompositionView


NOT_FOR_STAFF: Mapping[str, Any] = {
    "free_seats": None,
    "generation": None,
    "vulnerable": None,
    "open_for_new_people": None,
    "ends_at": None,
    "ground_rules_id": None,
    "ground_rules_to_be_renewed": None,
    "convening": False,
    "my_membership_id": None,
    "declaration_due": False,
    "members": None,
    "next_meeting": None,
}
"""What a group keeps to itself, as staff see it; with what they do see, each member of the view once (a test)."""
