"""What a person finds of ways into groups on their first screen: offers that wait for them, and their applications."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, ClassVar

from app.domain.admission.application import ApplicantStage, Application, Stage
from app.domain.groups.group import Form
from app.domain.shared.ids import ApplicationId, GroupId, OrganisationId, PlacementId, SignUpId
from app.services.people.home_ports import Frame, Invited, SignedUp, Waits
from app.services.ports.texts import Words
from app.services.ports.view import DESCRIBED

STAYS = timedelta(days=30)
"""How long an application that has ended is still on its writer's first screen."""


class HomeOfferKind(StrEnum):
    """What you are offered."""

    ENTRY = "entry"
    """A place in a group that meets: it has decided on your application."""
    FOUNDING_PLACE = "founding_place"
    """A place in a group that is forming."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeOffer:
    """A place that waits for your yes or no."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    kind: HomeOfferKind
    """What you are offered."""
    organisation_id: OrganisationId
    """The organisation."""
    group_id: GroupId
    """The group."""
    application_id: ApplicationId | None
    """Of an entry: your application, to accept or decline."""
    placement_id: PlacementId | None
    """Of a founding place: the invitation, to accept or decline."""
    theme: str | None
    """What the group gathers around, if around one thing."""
    form: Form
    """How it meets."""
    area: str
    """Where, coarsely."""
    language: str
    """The language that is spoken."""
    expires_at: datetime | None
    """Until when you can accept, UTC: of a founding place the start of the first meeting; null while that isn't fixed."""

    @staticmethod
    def of_application(application: Application, frame: Frame, now: datetime) -> "HomeOffer | None":
        """The place that an application has led to, for its writer, as long as it can be accepted."""
        last = application.last_ballot
        if application.stage(now) is not Stage.OFFERED or last is None:
            return None
        return HomeOffer(
            kind=HomeOfferKind.ENTRY,
            organisation_id=application.organisation_id,
            group_id=application.group_id,
            application_id=application.id,
            placement_id=None,
            theme=frame.theme,
            form=frame.form,
            area=frame.area,
            language=frame.language,
            expires_at=last.offer_expires_at,
        )

    @staticmethod
    def of_invitation(invited: Invited, organisation: OrganisationId) -> "HomeOffer":
        """The place in a forming group, for whoever is invited."""
        return HomeOffer(
            kind=HomeOfferKind.FOUNDING_PLACE,
            organisation_id=organisation,
            group_id=invited.group_id,
            application_id=None,
            placement_id=invited.id,
            theme=invited.frame.theme,
            form=invited.frame.form,
            area=invited.frame.area,
            language=invited.frame.language,
            expires_at=invited.first_meeting_at,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeApplication:
    """Where one of your applications stands, in neutral words. One that has ended stays here for a month."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    id: ApplicationId
    """Id of the application."""
    organisation_id: OrganisationId
    """The organisation."""
    group_id: GroupId
    """The group."""
    alias: str
    """The name that you would go by."""
    applied_at: datetime
    """When, UTC."""
    stage: ApplicantStage
    """Where it stands."""
    message: str
    """The same in words: never a reason, a count or a name (B-26)."""

    @staticmethod
    def of(application: Application, now: datetime, words: Words, language: str) -> "HomeApplication | None":
        """The application, for its writer; None for one that ended longer ago than a month."""
        ended = application.ended_by_itself_at(now)
        if ended is not None and ended + STAYS <= now:
            return None
        stage = application.stage_for_applicant(now)
        return HomeApplication(
            id=application.id,
            organisation_id=application.organisation_id,
            group_id=application.group_id,
            alias=application.alias,
            applied_at=application.applied_at,
            stage=stage,
            message=words.say("applicant", stage, language),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeWaiting:
    """A forming group in which you wait for a place. Once it has begun there is nothing left to wait for."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    organisation_id: OrganisationId
    """The organisation."""
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
    """When you asked, UTC."""
    invited: bool
    """Whether an invitation waits for your answer: it is among the offers."""

    @staticmethod
    def of(waits: Waits, organisation: OrganisationId) -> "HomeWaiting":
        """The wish, for whoever waits."""
        return HomeWaiting(
            organisation_id=organisation,
            group_id=waits.group_id,
            theme=waits.frame.theme,
            form=waits.frame.form,
            area=waits.frame.area,
            language=waits.frame.language,
            alias=waits.alias,
            asked_at=waits.asked_at,
            invited=waits.invited,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeSignUp:
    """Your sign-up for the group after a course."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    id: SignUpId
    """Id of your sign-up."""
    organisation_id: OrganisationId
    """The organisation."""
    course_title: str
    """The course."""
    group_starts_at: datetime
    """When the group starts, UTC."""
    group_place: str
    """Where."""

    @staticmethod
    def of(sign_up: SignedUp, organisation: OrganisationId) -> "HomeSignUp":
        """The sign-up, for the person."""
        return HomeSignUp(
            id=sign_up.id,
            organisation_id=organisation,
            course_title=sign_up.course_title,
            group_starts_at=sign_up.group_starts_at,
            group_place=sign_up.group_place,
        )
