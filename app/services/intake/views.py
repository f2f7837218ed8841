"""What is shown of what comes before a group: interests, recommendations, outcomes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from app.domain.intake.interest import Company, Interest
from app.domain.intake.outcome import IntakeOutcome, Method, Outcome
from app.domain.intake.reading import WhatWasRead
from app.domain.intake.recommendation import Recommendation, RecommendationStatus
from app.domain.shared.frames import Form, Weekday
from app.domain.shared.ids import IntakeOutcomeId, OrganisationId, PersonId, RecommendationId
from app.services.ports.texts import HelpView
from app.services.ports.view import DESCRIBED


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeOutcomeView:
    """What an intake has ended in. How heavy a burden is stands nowhere (I-09)."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    id: IntakeOutcomeId
    """Id of the outcome."""
    organisation_id: OrganisationId
    """The organisation that it holds in."""
    person_id: PersonId
    """Whom it is about."""
    outcome: Outcome
    """`group` opens the way into a group (I-02)."""
    method: Method
    """How it came about."""
    signposted_to: list[str]
    """Other help that the person was shown."""
    recorded_at: datetime
    """When, UTC."""
    valid_until: datetime
    """Until when it holds, UTC."""

    @staticmethod
    def of(outcome: IntakeOutcome) -> "IntakeOutcomeView":
        """The outcome, for the person and for those who hold intake conversations."""
        return IntakeOutcomeView(
            id=outcome.id,
            organisation_id=outcome.organisation_id,
            person_id=outcome.person_id,
            outcome=outcome.outcome,
            method=outcome.method,
            signposted_to=list(outcome.signposted_to),
            recorded_at=outcome.recorded_at,
            valid_until=outcome.valid_until,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestView:
    """An interest in a group, for the person and for the organisation's coordinators."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    organisation_id: OrganisationId
    """The organisation that it was registered with."""
    person_id: PersonId
    """Whose it is."""
    name: str
    """The name by which the organisation knows them."""
    theme: str | None
    """What a group should gather around; null where that is open (G-14)."""
    forms: list[Form]
    """Ways of meeting that suit."""
    area: str
    """Where, coarsely."""
    weekdays: list[Weekday]
    """Days that suit; none named means that all do."""
    language: str
    """The language that is to be spoken."""
    company: list[Company]
    """Wishes for the composition (G-11, G-12)."""
    has_private_wish: bool
    """Whether there are people whom they would rather not meet. Who, has an address of its own."""
    registered_at: datetime
    """When it was registered or last renewed, UTC: their own choice (A-07)."""
    kept_until: datetime
    """Until when it stands, UTC; then it is gone by itself."""

    @staticmethod
    def of(interest: Interest, name: str) -> "InterestView":
        """The interest; who they would rather not meet is not in it, for anybody."""
        wishes = interest.wishes
        return InterestView(
            organisation_id=interest.organisation_id,
            person_id=interest.person_id,
            name=name,
            theme=wishes.theme,
            forms=list(wishes.forms),
            area=wishes.area,
            weekdays=list(wishes.weekdays),
            language=wishes.language,
            company=list(wishes.company),
            has_private_wish=interest.has_private_wish,
            registered_at=interest.registered_at,
            kept_until=interest.kept_until,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingView:
    """Somebody has read what you confided."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    reader: str
    """The name by which the organisation knows whoever has read it."""
    what: WhatWasRead
    """What was read."""
    read_at: datetime
    """When, UTC."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateWishView:
    """People whom somebody would rather not meet: for that somebody, and for the coordinator who composes a group."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    person_id: PersonId
    """Whose wish it is."""
    words: str | None
    """In their own words; null if there is none."""
    readings: list[ReadingView] | None
    """Who else has read it, the newest first. Only for the person themselves."""
    help: list[HelpView]
    """Other ways to help, right away, in the organisation's country."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationView:
    """Codes that you have given. Whether one was used, nobody can tell you (A-06)."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    id: RecommendationId
    """Id of your receipt."""
    organisation_id: OrganisationId
    """The organisation that the codes lead to."""
    how_many: int
    """How many codes."""
    codes: list[str]
    """The codes, once: in the answer to giving them. They are kept nowhere."""
    status: RecommendationStatus
    """`sent` until they expire, used or not."""
    given_at: datetime
    """When, UTC."""
    expires_at: datetime
    """Until when they can be used, UTC."""

    @staticmethod
    def of(receipt: Recommendation, now: datetime, codes: list[str]) -> "RecommendationView":
        """The receipt, for its giver."""
        return RecommendationView(
            id=receipt.id,
            organisation_id=receipt.organisation_id,
            how_many=receipt.how_many,
            codes=codes,
            status=receipt.status(now),
            given_at=receipt.given_at,
            expires_at=receipt.expires_at,
        )
