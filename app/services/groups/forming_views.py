"""What is shown while a group forms: how it is offered, and who waits for a place."""

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from app.domain.groups.advice import FormingAdvice
from app.domain.groups.group import Form, Group
from app.domain.shared.ids import GroupId, OrganisationId, PersonId
from app.services.ports.composition import CompositionView
from app.services.ports.view import DESCRIBED, view


class WaitingState(StrEnum):
    """How far a wish for a place has come."""

    WAITING = "waiting"
    INVITED = "invited"


@view
class WaitingView:
    """Where you wait for a place. Once the group has begun there is nothing left to wait for, and it is gone from here."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    organisation_id: OrganisationId
    """The organisation that the group belongs to."""
    group_id: GroupId
    """The group that forms."""
    theme: str | None
    """What it gathers around, if around one thing."""
    form: Form
    """How it will meet."""
    area: str
    """Where, coarsely."""
    language: str
    """The language that will be spoken."""
    alias: str
    """What whoever composes the group may call you."""
    asked_at: datetime
    """When you asked, UTC. Places are offered in this order by preference."""
    state: WaitingState
    """`invited`: an invitation waits for your answer."""


@view
class WaitingEntryView:
    """Somebody who waits for a place, as whoever composes the group sees them."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    person_id: PersonId
    """Invite them with this id."""
    alias: str
    """What you may call them."""
    asked_at: datetime
    """When they asked, UTC: the list is in this order."""
    state: WaitingState
    """`invited`: an invitation waits for their answer."""


@view
class FormingHintView:
    """Something worth knowing while a group forms. It never stands in the way."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    code: FormingAdvice
    """What it is about."""
    rules: list[str]
    """The rules behind it."""
    text: str
    """In the reader's language."""


@view
class GroupOfferView:
    """How a forming group is offered, for whoever composes it."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    group_id: GroupId
    """The group."""
    published: bool
    """Whether it stands among the public offers. It leaves them by itself when its first meeting begins."""
    application_code: str
    """With this code people ask for a place themselves (A-07), whether the group is published or not."""
    composition: CompositionView
    """How it is composed, as it is stated."""
    starter_helps: bool
    """Whether a starter is meant to help at the start (G-22)."""
    first_meeting_at: datetime | None
    """Start of the first meeting, UTC, once it is fixed. The public offer shows the day alone."""
    advice: list[FormingHintView]
    """What is worth knowing: about ages, genders, starters, size. Counted are places alone, never anybody's age or
    gender: those stand nowhere."""

    @staticmethod
    def of(group: Group, code: str, now: datetime, advice: list[FormingHintView]) -> "GroupOfferView":
        """The offer as it stands."""
        return GroupOfferView(
            group_id=group.id,
            published=group.is_offered(now),
            application_code=code,
            composition=CompositionView.of(group.composition),
            starter_helps=group.starter_helps,
            first_meeting_at=group.first_meeting_at,
            advice=advice,
        )
