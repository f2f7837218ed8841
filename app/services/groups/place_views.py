"""What is shown of places in a group: invitations, and signatures under its declaration."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from app.domain.groups.declaration import Declaration, Signing
from app.domain.groups.group import Form
from app.domain.groups.membership import Placement
from app.domain.shared.ids import GroupId, MembershipId, OrganisationId, PersonId, PlacementId
from app.services.ports.composition import CompositionView
from app.services.ports.view import DESCRIBED


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementView:
    """An invitation into a forming group."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    id: PlacementId
    """Id of the invitation."""
    group_id: GroupId
    """The group."""
    person_id: PersonId
    """Who is invited. The coordinator of the forming group, and the person."""
    answer: str
    """`open`, `accepted`, `declined` or `withdrawn`."""
    invited_at: datetime
    """When, UTC."""
    convenor: bool
    """Whether they invite to the first meeting, where no starter helps. The duty ends with that meeting (M-12)."""

    @staticmethod
    def of(placement: Placement, *, convenor: bool = False) -> "PlacementView":
        """The invitation, for the organiser of the forming group or for the person who is invited."""
        facts: list[tuple[str, Callable[[Placement], datetime | None]]] = [
            ("withdrawn", lambda p: p.withdrawn_at),
            ("declined", lambda p: p.declined_at),
            ("accepted", lambda p: p.accepted_at),
        ]
        answer = next((name for name, fact in facts if fact(placement) is not None), "open")
        return PlacementView(
            id=placement.id,
            group_id=placement.group_id,
            person_id=placement.person_id,
            answer=answer,
            invited_at=placement.invited_at,
            convenor=convenor,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationView:
    """An invitation that waits for your answer, with what there is to know before you say yes or no."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    id: PlacementId
    """Id of the invitation."""
    organisation_id: OrganisationId
    """Who invites."""
    group_id: GroupId
    """The group."""
    theme: str | None
    """What it gathers around, if around one thing."""
    form: Form
    """How it will meet."""
    area: str
    """Where, coarsely."""
    language: str
    """The language that will be spoken."""
    composition: CompositionView
    """How the group is composed, as it states it (G-12)."""
    starter_helps: bool
    """Whether a starter is meant to help at the start (G-22)."""
    first_meeting_at: datetime | None
    """Start of the first meeting, UTC, once it is fixed."""
    invited_at: datetime
    """When you were invited, UTC."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclarationView:
    """A signature under the declaration of confidentiality, to show the signer what stands."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    group_id: GroupId
    """The group that the promise is made in."""
    membership_id: MembershipId
    """Whose signature it is."""
    generation: int
    """The generation that it holds for; the next newcomer makes a new one due (C-08)."""
    how: Signing
    """In the app, or on paper at the table and witnessed here."""
    text_version: str
    """Version of the text that was signed."""
    signed_at: datetime
    """When, UTC."""

    @staticmethod
    def of(declaration: Declaration) -> "DeclarationView":
        """The signature, without the name under it."""
        return DeclarationView(
            group_id=declaration.group_id,
            membership_id=declaration.membership_id,
            generation=declaration.generation,
            how=declaration.how,
            text_version=declaration.text_version,
            signed_at=declaration.signed_at,
        )
