"""What a person finds on their own first screen. Only what is theirs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, ClassVar

from app.domain.groups.group import Form
from app.domain.intake.assessment import AssessmentStage, stage_of
from app.domain.intake.interest import Interest
from app.domain.intake.outcome import IntakeOutcome, Outcome, fits
from app.domain.organisations.organisation import Role
from app.domain.organisations.policy import IntakeMode
from app.domain.shared.ids import AssessmentId, OrganisationId
from app.domain.volunteers.qualification import Qualification, Requirement, VolunteerStatus
from app.domain.volunteers.training_record import Module
from app.services.people.home_entry_views import HomeApplication, HomeOffer, HomeSignUp, HomeWaiting
from app.services.people.home_group_views import DeclarationDue, HomeBallot, HomeGroup, HomeMeeting
from app.services.people.home_helping_views import HomeAssignment, HomeVisit
from app.services.people.home_ports import Desk, Talk
from app.services.people.home_webhook_views import HomeWebhook
from app.services.ports.texts import Words
from app.services.ports.view import DESCRIBED

_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeInterest:
    """The interest in a group that you have registered."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    theme: str | None
    """What a group should gather around; null where that is open (G-14)."""
    forms: list[Form]
    """Ways of meeting that suit."""
    area: str
    """Where, coarsely."""
    registered_at: datetime
    """When you registered or last renewed it, UTC (A-07)."""
    kept_until: datetime
    """Until when it stands, UTC; then it is gone by itself."""

    @staticmethod
    def of(interest: Interest) -> "HomeInterest":
        """The interest, for the person."""
        wishes = interest.wishes
        return HomeInterest(
            theme=wishes.theme,
            forms=list(wishes.forms),
            area=wishes.area,
            registered_at=interest.registered_at,
            kept_until=interest.kept_until,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeIntake:
    """What your intake has ended in. How heavy a burden is stands nowhere (I-09)."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    outcome: Outcome
    """The latest outcome (I-02)."""
    opens_groups: bool
    """Whether it opens the way into this organisation's groups now."""
    recorded_at: datetime
    """When, UTC."""
    valid_until: datetime
    """Until when it holds, UTC."""

    @staticmethod
    def of(outcome: IntakeOutcome, mode: IntakeMode, now: datetime) -> "HomeIntake":
        """The outcome, for the person."""
        return HomeIntake(
            outcome=outcome.outcome,
            opens_groups=fits(outcome, now, mode is IntakeMode.CONVERSATION_REQUIRED),
            recorded_at=outcome.recorded_at,
            valid_until=outcome.valid_until,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeConversation:
    """The intake conversation that you have asked for, as long as it has no outcome."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    id: AssessmentId
    """Id of the conversation."""
    stage: AssessmentStage
    """Where it is in its life; computed."""
    asked_at: datetime
    """When you asked for it, UTC."""
    starts_at: datetime | None
    """When you meet, UTC, once that is settled."""
    form: Form | None
    """How you meet."""
    place: str | None
    """Where, or the number to call."""

    @staticmethod
    def of(talk: Talk, now: datetime) -> "HomeConversation":
        """The conversation, for whoever has asked for it."""
        held = talk.appointed
        return HomeConversation(
            id=talk.id,
            stage=stage_of(held.starts_at if held is not None else None, now),
            asked_at=talk.asked_at,
            starts_at=held.starts_at if held is not None else None,
            form=held.form if held is not None else None,
            place=held.place if held is not None else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeTraining:
    """What your training as a volunteer amounts to now."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    status: VolunteerStatus
    """How far you have come."""
    in_words: str
    """The same in a sentence, with what comes next."""
    is_assignable: bool
    """Whether you can be given a group now."""
    missing: list[Requirement]
    """What doesn't hold."""
    missing_modules: list[Module]
    """Modules of the introduction course that are missing (V-05)."""
    due: list[Requirement]
    """What holds and runs out soon (V-06, V-07)."""
    next_change_at: datetime | None
    """When the status becomes another one by itself, UTC; null where it stays."""
    next_status: VolunteerStatus | None
    """The status from then on."""

    @staticmethod
    def of(found: Qualification, words: Words, language: str) -> "HomeTraining":
        """The training, for the volunteer."""
        return HomeTraining(
            status=found.status,
            in_words=words.say("volunteers", f"status.{found.status}", language),
            is_assignable=found.is_assignable,
            missing=list(found.missing),
            missing_modules=list(found.missing_modules),
            due=[state.requirement for state in found.due],
            next_change_at=found.next_change_at,
            next_status=found.next_status,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeOrganisation:
    """An organisation that you have registered with, and what you have there."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    id: OrganisationId
    """Id of the organisation."""
    name: str
    """What it is called."""
    my_roles: list[Role]
    """What you do for it."""
    interest: HomeInterest | None
    """Your interest in a group, if one stands."""
    intake: HomeIntake | None
    """What your intake has ended in, if it has."""
    conversation: HomeConversation | None
    """The intake conversation that you have asked for, if one is to come."""
    training: HomeTraining | None
    """Your training, if you have offered to volunteer."""

    @staticmethod
    def of(
        organisation: OrganisationId,
        desk: Desk,
        training: Qualification | None,
        now: datetime,
        words: Words,
        language: str,
    ) -> "HomeOrganisation":
        """What somebody has there, for themselves."""
        interest, outcome = desk.interest, desk.outcome
        return HomeOrganisation(
            id=organisation,
            name=desk.name,
            my_roles=sorted(desk.roles),
            interest=HomeInterest.of(interest) if interest is not None and interest.is_kept(now) else None,
            intake=HomeIntake.of(outcome, desk.intake_mode, now) if outcome is not None else None,
            conversation=HomeConversation.of(desk.talk, now) if desk.talk is not None else None,
            training=HomeTraining.of(training, words, language) if training is not None else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeView:
    """Your first screen: everything of yours in all organisations, as it stands now. Nothing about anybody else."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    organisations: list[HomeOrganisation]
    """Those that you have registered with, in that order."""
    groups: list[HomeGroup]
    """The groups that you have a place in."""
    meetings: list[HomeMeeting]
    """The next meetings of all your groups (up to three of each), the soonest first."""
    ballots: list[HomeBallot]
    """Open ballots in which you may vote, those that close first first."""
    offers: list[HomeOffer]
    """Places that wait for your answer, those that expire first first."""
    applications: list[HomeApplication]
    """Where your applications stand, the newest first. Those that you have taken back or answered aren't here."""
    declarations_due: list[DeclarationDue]
    """Promises of confidentiality that you have yet to sign."""
    sign_ups: list[HomeSignUp]
    """Groups after courses that you have signed up for, the soonest first."""
    helping: list[HomeAssignment]
    """Groups that you help to start, those that you leave first first."""
    visits: list[HomeVisit]
    """Meetings to which groups that you helped have invited you back, the soonest first."""
    waiting: list[HomeWaiting]
    """Forming groups in which you wait for a place, in the order in which you asked."""
    webhooks: list[HomeWebhook]
    """For administrators: webhooks that somebody has to look after, those that have waited longest first."""

    @staticmethod
    def of(parts: "Sequence[HomeView]") -> "HomeView":
        """What is somebody's in each organisation, brought together in one order."""
        return HomeView(
            organisations=[each for part in parts for each in part.organisations],
            groups=[each for part in parts for each in part.groups],
            meetings=sorted(
                (each for part in parts for each in part.meetings), key=lambda each: (each.starts_at, each.id)
            ),
            ballots=sorted(
                (each for part in parts for each in part.ballots), key=lambda each: (each.closes_at, each.id)
            ),
            offers=sorted((each for part in parts for each in part.offers), key=_expiring_first),
            applications=sorted(
                (each for part in parts for each in part.applications),
                key=lambda each: (each.applied_at, each.id),
                reverse=True,
            ),
            declarations_due=sorted(
                (each for part in parts for each in part.declarations_due), key=_urgent_first
            ),
            sign_ups=sorted(
                (each for part in parts for each in part.sign_ups),
                key=lambda each: (each.group_starts_at, each.id),
            ),
            helping=sorted(
                (each for part in parts for each in part.helping), key=lambda each: (each.ends_at, each.id)
            ),
            visits=sorted(
                (each for part in parts for each in part.visits), key=lambda each: (each.starts_at, each.id)
            ),
            waiting=sorted(
                (each for part in parts for each in part.waiting),
                key=lambda each: (each.asked_at, each.group_id),
            ),
            webhooks=sorted(
                (each for part in parts for each in part.webhooks), key=lambda each: (each.since, each.id)
            ),
        )


def _expiring_first(offer: HomeOffer) -> tuple[datetime, str]:
    return offer.expires_at or _NEVER, str(offer.application_id or offer.placement_id)


def _urgent_first(due: DeclarationDue) -> tuple[bool, datetime, str]:
    return not due.shuts_out, due.needed_by or _NEVER, str(due.group_id or due.organisation_id)
