"""What is shown of applications and ballots: only outcomes, never counts, never who has or hasn't voted."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from app.domain.admission.application import ApplicantStage, Application, Stage
from app.domain.admission.ballot import Ballot, BallotStatus, Question
from app.domain.admission.decision_rules import rule_named
from app.domain.groups.group import Form
from app.domain.shared.ids import (
    ApplicationId,
    AssignmentId,
    BallotId,
    GroundRulesId,
    GroupId,
    MembershipId,
    OrganisationId,
)
from app.services.ports.composition import CompositionView
from app.services.ports.texts import HelpView, Words
from app.services.ports.view import DESCRIBED, view


class OfferKind(StrEnum):
    """What sort of offer it is."""

    FORMING = "forming"
    """The group begins: ask for a place."""
    MEETING = "meeting"
    """The group meets already, and takes in new people by its own ballot: apply."""


@view
class OfferView:
    """A group that forms and that people can join, or one that meets and has decided to be open for new people. Public;
    never a member, never an address, never how many places are taken (O-02)."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    organisation_id: OrganisationId
    """The organisation that the group belongs to."""
    application_code: str
    """Ask for a place (forming) or apply (meeting) with this code."""
    kind: OfferKind
    """Whether it is forming or meets already."""
    theme: str | None
    """What the group gathers around; null where people come with different burdens."""
    form: Form
    """How it meets."""
    area: str
    """Where, coarsely."""
    language: str
    """The language that is spoken."""
    composition: CompositionView
    """How the group is composed, as it states it itself (G-11, G-12)."""
    starter_helps: bool | None
    """Whether a starter is meant to help at the start (G-22); null for a group that meets already."""
    first_meeting_on: date | None
    """The day of the first meeting, in the organisation's time zone, once it is fixed; null for a group that meets
    already."""


@view
class MyVoteView:
    """What you, and nobody else, can see of your own vote. Not even you can see what it was."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    on_the_roll: bool
    """Whether you may vote in this ballot."""
    has_voted: bool | None
    """Whether you have, while it is open; you may replace your vote until it closes. Null afterwards."""


@view
class BallotView:
    """A ballot, as a member of the group sees it."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    id: BallotId
    """Id of the ballot."""
    group_id: GroupId
    """The group that decides."""
    question: Question
    """What is asked."""
    application_id: ApplicationId | None
    """Whose admission it is about, if it is about one."""
    ends_at: datetime | None
    """The end that is proposed, UTC, if it is about one."""
    ground_rules_id: GroundRulesId | None
    """The draft of the ground rules, if it is about them."""
    member_id: MembershipId | None
    """The member whom all others are asked about, if it is about one. They see it, too, and don't vote."""
    assignment_id: AssignmentId | None
    """The assignment of the starter who might stay longer, if it is about one."""
    latest_date: date | None
    """The last day of the longer stay, if another one is proposed."""
    max_meetings: int | None
    """After how many held meetings the longer stay ends, if another number is proposed."""
    rule: str
    """The rule by which it is decided, as it was when the ballot opened."""
    rule_explained: str
    """The rule in words, in your language."""
    quorum_percent: int
    """How many per cent of the roll must vote for a decision; below that it lapses."""
    secret: bool
    """False only where fewer than three can vote: no vote is secret among two, so all must openly agree."""
    roll_size: int
    """How many may vote."""
    opened_at: datetime
    """When it opened, UTC."""
    closes_at: datetime
    """When it closes at the latest, UTC; it closes before when everyone has voted."""
    status: BallotStatus
    """`open`, or its outcome. There is nothing else to know: no counts, in no channel."""
    my_vote: MyVoteView
    """Your own side of it."""

    @staticmethod
    def of(
        ballot: Ballot, viewer: MembershipId | None, now: datetime, words: Words, language: str
    ) -> "BallotView":
        """The ballot as this member may see it; it has to be counted before, if it is due."""
        status = ballot.status(now)
        if status is BallotStatus.DUE:
            raise RuntimeError("a due ballot is counted before it is shown")
        topic, _, key = rule_named(ballot.rule).explain().partition(".")
        entry = ballot.roll.get(viewer) if viewer is not None else None
        on_roll = entry is not None and entry.dropped_at is None
        return BallotView(
            id=ballot.id,
            group_id=ballot.group_id,
            question=ballot.question,
            application_id=ballot.subject.application_id,
            ends_at=ballot.subject.ends_at,
            ground_rules_id=ballot.subject.ground_rules_id,
            member_id=ballot.subject.member_id,
            assignment_id=ballot.subject.assignment_id,
            latest_date=ballot.subject.latest_date,
            max_meetings=ballot.subject.max_meetings,
            rule=ballot.rule,
            rule_explained=words.say(topic, key, language),
            quorum_percent=ballot.quorum_percent,
            secret=ballot.secret,
            roll_size=len(ballot.remaining()),
            opened_at=ballot.opened_at,
            closes_at=ballot.closes_at,
            status=status,
            my_vote=MyVoteView(
                on_the_roll=on_roll,
                has_voted=entry.has_voted if entry is not None and status is BallotStatus.OPEN else None,
            ),
        )


@view
class ApplicationView:
    """An application: its writer sees where it stands in neutral words, members see what its writer shows."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    id: ApplicationId
    """Id of the application."""
    group_id: GroupId
    """The group."""
    alias: str
    """The name that the applicant would go by."""
    introduction: str | None
    """The applicant's own words. Gone for the group as soon as the application has ended, or its writer takes back the
    consent to show them."""
    known_as: str | None
    """The name that people know them by, if they have chosen to show it (B-21). Gone like the introduction."""
    applied_at: datetime
    """When, UTC."""
    is_mine: bool
    """Whether it is your own."""
    stage: ApplicantStage | None
    """Where it stands, for its writer."""
    message: str | None
    """The same in words, for its writer: never a reason, a count or a name (B-26)."""
    offer_expires_at: datetime | None
    """Until when its writer can accept the place, UTC."""
    other_help: list[HelpView] | None
    """Other ways to help, for its writer, where this way has ended."""
    group_stage: Stage | None
    """Where it stands, for the group."""
    ballot_id: BallotId | None
    """The newest ballot on it, for the group."""

    @staticmethod
    def for_applicant(
        application: Application, now: datetime, words: Words, language: str, country: str
    ) -> "ApplicationView":
        """What its writer sees."""
        stage = application.stage_for_applicant(now)
        ended = stage in (ApplicantStage.NOT_THIS_TIME, ApplicantStage.OFFER_ENDED, ApplicantStage.WITHDRAWN)
        offered = stage is ApplicantStage.PLACE_OFFERED and application.last_ballot is not None
        return ApplicationView(
            id=application.id,
            group_id=application.group_id,
            alias=application.alias,
            introduction=application.introduction,
            known_as=application.known_as,
            applied_at=application.applied_at,
            is_mine=True,
            stage=stage,
            message=words.say("applicant", stage, language),
            offer_expires_at=application.last_ballot.offer_expires_at
            if offered and application.last_ballot
            else None,
            other_help=words.other_help(country, language) if ended else None,
            group_stage=None,
            ballot_id=None,
        )

    @staticmethod
    def for_member(application: Application, now: datetime) -> "ApplicationView":
        """What a member of the group sees: as much as the writer shows, as long as there is something to decide."""
        stage = application.stage(now)
        last = application.last_ballot
        shows = stage.is_live and not application.introduction_withheld
        return ApplicationView(
            id=application.id,
            group_id=application.group_id,
            alias=application.alias,
            introduction=application.introduction if shows else None,
            known_as=application.known_as if shows else None,
            applied_at=application.applied_at,
            is_mine=False,
            stage=None,
            message=None,
            offer_expires_at=None,
            other_help=None,
            group_stage=stage,
            ballot_id=last.ballot_id if last is not None else None,
        )


@view
class EntryView:
    """You are in: the group is a new one now, and so are its declarations."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    group_id: GroupId
    """The group."""
    membership_id: MembershipId
    """Your membership."""
    alias: str
    """The name that you go by there."""
    generation: int
    """The generation that your entry has made (A-03)."""
