"""The intake assessment: a conversation before a group, asked for by the person, held by an interviewer (I-01).

Its life is computed: `asked → appointed → time_passed → completed`. Whether somebody "didn't come" is recorded nowhere:
where the appointment's time has passed and nothing was recorded, a new one can be agreed on; without one, all of it is
gone at `kept_until` (I-h10).
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from app.domain.intake.errors import (
    AppointmentInThePast,
    AssessmentCompleted,
    AssessmentNotFound,
    ConflictOfInterest,
    OnlyTheInterviewer,
)
from app.domain.intake.interest import kept_for
from app.domain.intake.outcome import OwnIntake
from app.domain.shared.frames import Form
from app.domain.shared.ids import AssessmentId, IntakeOutcomeId, OrganisationId, PersonId


class AssessmentStage(StrEnum):
    """Where it is in its life; computed."""

    ASKED = "asked"
    APPOINTED = "appointed"
    TIME_PASSED = "time_passed"
    COMPLETED = "completed"


class NamedBy(StrEnum):
    """Who has said that the two know each other."""

    PERSON = "person"
    INTERVIEWER = "interviewer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """When, how and where the two meet."""

    interviewer_id: PersonId
    starts_at: datetime
    form: Form
    place: str
    """Where, or the number to call."""


@dataclass(slots=True, kw_only=True)
class Assessment:
    """One conversation of one person. What is confided is kept elsewhere, sealed, and for a shorter time."""

    id: AssessmentId
    organisation_id: OrganisationId
    person_id: PersonId
    criteria_version: int
    """The version that held when it was asked for; it is talked about under that one."""
    asked_at: datetime
    kept_until: datetime
    appointment: Appointment | None
    completed_at: datetime | None
    outcome_id: IntakeOutcomeId | None
    known: dict[PersonId, NamedBy] = field(default_factory=dict)
    """Interviewers who know the person, or whom the person knows: none of them holds or reads it."""
    version: int

    def require_kept(self, now: datetime) -> None:
        """What has had its time is gone, whether or not anybody has cleared it away."""
        if now >= self.kept_until:
            raise AssessmentNotFound

    def require_open(self, now: datetime) -> None:
        """Refuse what only a conversation without an outcome allows."""
        self.require_kept(now)
        if self.completed_at is not None:
            raise AssessmentCompleted

    def stage(self, now: datetime) -> AssessmentStage:
        """Where it is."""
        if self.completed_at is not None:
            return AssessmentStage.COMPLETED
        return stage_of(self.appointment.starts_at if self.appointment is not None else None, now)

    @property
    def interviewer_id(self) -> PersonId | None:
        """Who holds it, if that is settled."""
        return self.appointment.interviewer_id if self.appointment is not None else None

    def appoint(self, appointment: Appointment, now: datetime, no_show_days: int) -> None:
        """Agree on a time; a new one replaces the one before, also where that has passed (I-h10)."""
        self.require_open(now)
        if appointment.interviewer_id == self.person_id:
            raise OwnIntake
        if appointment.interviewer_id in self.known:
            raise ConflictOfInterest
        if appointment.starts_at <= now:
            raise AppointmentInThePast("/starts_at")
        self.appointment = appointment
        self.kept_until = kept_for(appointment.starts_at, no_show_days)
        self.version += 1

    def ask_for_another_time(self, now: datetime) -> None:
        """The person's own: the time didn't suit, or has passed. No reason is asked."""
        self.require_open(now)
        if self.appointment is not None:
            self.appointment = None
            self.version += 1

    def name_known(self, interviewers: frozenset[PersonId], now: datetime) -> None:
        """The person says whom they know. What interviewers have said themselves stays."""
        self.require_open(now)
        said = {each: by for each, by in self.known.items() if by is NamedBy.INTERVIEWER}
        self.known = dict.fromkeys(interviewers, NamedBy.PERSON) | said
        self._release()
        self.version += 1

    def step_back(self, interviewer: PersonId, now: datetime) -> None:
        """The interviewer says that they know the person; somebody else is to hold it (I-h8)."""
        self.require_open(now)
        if interviewer != self.interviewer_id:
            raise AssessmentNotFound
        self.known[interviewer] = NamedBy.INTERVIEWER
        self._release()
        self.version += 1

    def complete(
        self, interviewer: PersonId, outcome: IntakeOutcomeId, now: datetime, kept_until: datetime
    ) -> None:
        """It has its outcome, from whoever has held it and from nobody else (A-07, I-01)."""
        self.require_open(now)
        if interviewer in self.known:
            raise ConflictOfInterest
        if interviewer != self.interviewer_id:
            raise OnlyTheInterviewer
        self.completed_at = now
        self.outcome_id = outcome
        self.kept_until = kept_until
        self.version += 1

    def _release(self) -> None:
        if self.interviewer_id in self.known:
            self.appointment = None


def stage_of(starts_at: datetime | None, now: datetime) -> AssessmentStage:
    """Where a conversation without an outcome is; `starts_at`: when it is to be held, if that is settled."""
    if starts_at is None:
        return AssessmentStage.ASKED
    return AssessmentStage.TIME_PASSED if starts_at <= now else AssessmentStage.APPOINTED
