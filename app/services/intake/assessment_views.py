"""What is shown of intake conversations, to whom: the one place that redacts them, for every channel."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from app.domain.audit.entry import ActingAs
from app.domain.intake.assessment import Assessment, AssessmentStage
from app.domain.intake.criteria import Answer, CriteriaVersion, Criterion
from app.domain.organisations.policy import IntakeMode
from app.domain.people.contact import ContactKind
from app.domain.shared.frames import Form
from app.domain.shared.ids import AssessmentId, OrganisationId, PersonId
from app.services.intake.views import IntakeOutcomeView, ReadingView
from app.services.ports.texts import HelpView
from app.services.ports.view import DESCRIBED


class Sees(StrEnum):
    """As what somebody looks at a conversation."""

    PERSON = "person"
    INTERVIEWER = "interviewer"
    COORDINATOR = "coordinator"


AS = {
    Sees.PERSON: ActingAs.ONESELF,
    Sees.INTERVIEWER: ActingAs.INTERVIEWER,
    Sees.COORDINATOR: ActingAs.COORDINATOR,
}
"""As what their looking is noted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkingPointView:
    """Something that a conversation before a group is about."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    key: Criterion
    """Its name."""
    text: str
    """What it means, in the reader's language."""
    rules: list[str]
    """The rules behind it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeGuideView:
    """How one comes into a group of this organisation. The same for everyone."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    organisation_id: OrganisationId
    """The organisation."""
    intake_mode: IntakeMode
    """Whether a conversation comes first, may come first, or one's own declaration is enough (I-01, I-07)."""
    minimum_age: int
    """From which age people take part in its groups here, in years; never under age (G-08)."""
    youth_programme: str | None
    """For whoever is under age: that the organisation runs a programme for young people, and how to get there. It isn't
    run through this service. Null where it has none."""
    version: int
    """Version of the criteria; 1 is the shipped set."""
    criteria: list[TalkingPointView]
    """What is talked about. No point of it decides by itself, and how heavy a burden is is none of them (I-09)."""
    before_you_write: str
    """To be read before one writes anything freely."""
    help: list[HelpView]
    """Other ways to help, right away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CriteriaVersionView:
    """A version of the criteria that an organisation has adopted."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    organisation_id: OrganisationId
    """The organisation."""
    version: int
    """Number of the version."""
    criteria: list[Criterion]
    """What is talked about."""
    adopted_at: datetime
    """From when on, UTC."""

    @staticmethod
    def of(adopted: CriteriaVersion) -> "CriteriaVersionView":
        """The version; it is the same for everyone."""
        return CriteriaVersionView(
            organisation_id=adopted.organisation_id,
            version=adopted.version,
            criteria=list(adopted.criteria),
            adopted_at=adopted.adopted_at,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewerView:
    """Somebody who holds conversations for the organisation."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    person_id: PersonId
    """Their id."""
    name: str
    """The name by which the organisation knows them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentSummaryView:
    """A conversation in a list."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    id: AssessmentId
    """Id of the conversation."""
    organisation_id: OrganisationId
    """The organisation."""
    person_id: PersonId
    """Who has asked for it."""
    name: str
    """The name by which the organisation knows them."""
    stage: AssessmentStage
    """Where it is in its life; computed."""
    asked_at: datetime
    """When it was asked for, UTC."""
    interviewer: str | None
    """Name of whoever holds it, if that is settled."""
    starts_at: datetime | None
    """When they meet, UTC."""
    kept_until: datetime
    """Until when it is kept, UTC; then all of it is gone by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentStepView:
    """What a conversation has come to, without anything that was confided."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    id: AssessmentId
    """Id of the conversation."""
    organisation_id: OrganisationId
    """The organisation."""
    stage: AssessmentStage
    """Where it is now."""
    kept_until: datetime
    """Until when it is kept, UTC."""
    outcome: IntakeOutcomeView | None
    """What it has ended in."""
    help: list[HelpView]
    """Other ways to help, right away: they stand in every answer, whatever was written (I-h4)."""
    version: int
    """Goes up with each change."""

    @staticmethod
    def of(
        assessment: Assessment, now: datetime, help_: list[HelpView], outcome: IntakeOutcomeView | None = None
    ) -> "AssessmentStepView":
        """The step, for whoever has taken it."""
        return AssessmentStepView(
            id=assessment.id,
            organisation_id=assessment.organisation_id,
            stage=assessment.stage(now),
            kept_until=assessment.kept_until,
            outcome=outcome,
            help=help_,
            version=assessment.version,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PointView:
    """How a point stood after the conversation. It decided nothing by itself."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    key: Criterion
    """What was talked about."""
    answer: Answer
    """`yes` or `unclear`; there is no score."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Confided:
    """What was confided, as far as it has not had its time."""

    own_words: str | None
    note: str | None
    remark: str | None
    points: list[PointView]
    until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentView:
    """An intake conversation, as whoever asks may see it. To all others it isn't there."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    id: AssessmentId
    """Id of the conversation."""
    organisation_id: OrganisationId
    """The organisation."""
    person_id: PersonId
    """Who has asked for it."""
    name: str
    """The name by which the organisation knows them."""
    stage: AssessmentStage
    """Where it is in its life; computed."""
    asked_at: datetime
    """When it was asked for, UTC (A-07)."""
    criteria_version: int
    """The criteria that held then."""
    interviewer_id: PersonId | None
    """Who holds it, if that is settled."""
    interviewer: str | None
    """Their name."""
    starts_at: datetime | None
    """When they meet, UTC."""
    form: Form | None
    """How they meet."""
    place: str | None
    """Where, or the number to call; null for coordinators where the person's identity is protected."""
    outcome: IntakeOutcomeView | None
    """What it has ended in."""
    own_words: str | None
    """What the person wrote when asking. Only for them and for whoever holds it, and only for a time."""
    note: str | None
    """What whoever held it wrote. Only for the two, and only for a time."""
    remark: str | None
    """What the person has put beside it, where they see it otherwise. Only for the two, and as long as the note."""
    points: list[PointView] | None
    """How the points stood. Only for the two, and only for a time."""
    text_until: datetime | None
    """When the words are gone, UTC; earlier with a place in a group. Only for the two."""
    interviewers_i_know: list[PersonId] | None
    """Whom the person has named. Only for the person."""
    readings: list[ReadingView] | None
    """Who else has read this, the newest first. Only for the person."""
    help: list[HelpView]
    """Other ways to help, right away."""
    kept_until: datetime
    """Until when it is kept, UTC; then all of it is gone by itself."""
    version: int
    """Goes up with each change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WayOfReachingView:
    """One way of reaching somebody, as they have given it."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    kind: ContactKind
    """Which way."""
    value: str
    """The address or number. For this conversation and for nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaysOfReachingView:
    """How somebody can be reached about their conversation, as far as they consent to it."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    assessment_id: AssessmentId
    """The conversation."""
    person_id: PersonId
    """Whose it is."""
    ways: list[WayOfReachingView]
    """The ways; none where they don't consent to it, have given none, or are protected."""
