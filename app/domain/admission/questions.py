"""The questions that a group can decide together, and what belongs to each (docs/adr/0013).

A question is a type: what it is about (its subject), and the terms on which it is put. Its refusals at the opening stand
in `services/admission/questions/`; its effect is computed from the outcome wherever it can be.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.domain.admission.decision_rules import UNANIMOUS
from app.domain.admission.errors import SubjectMismatch
from app.domain.shared.ids import ApplicationId, AssignmentId, GroundRulesId, MembershipId, PersonId


class Question(StrEnum):
    """What is asked."""

    OPEN_FOR_NEW_PEOPLE = "open_for_new_people"
    ADMISSION = "admission"
    END_DATE = "end_date"
    """Until when the group meets (S0, G-16, G-17): its own to set, and any one member's to drop again."""
    GROUND_RULES = "ground_rules"
    """What the group has agreed about itself (G-15)."""
    EXCLUSION = "exclusion"
    """That a member goes: the others, all of one mind, and nobody else (G-h8, G-19)."""
    LONGER_STAY = "longer_stay"
    """That the starter stays longer than was fixed: once, and never past the ceiling (X-06, S-h2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a ballot is about: at most what its question names, and what follows from that. Columns have these names."""

    application_id: ApplicationId | None = None
    applicant_id: PersonId | None = None
    ends_at: datetime | None = None
    ground_rules_id: GroundRulesId | None = None
    member_id: MembershipId | None = None
    assignment_id: AssignmentId | None = None
    latest_date: date | None = None
    """The last day of a longer stay, by the organisation's calendar; null where it stays."""
    latest_until: datetime | None = None
    """When that day is over, UTC."""
    max_meetings: int | None = None
    """After how many meetings a longer stay ends; null where that stays."""

    @property
    def is_about_somebody(self) -> bool:
        """Whether it decides about one person's place in the group: for those who were the group then (C-01, C-11)."""
        return self.application_id is not None or self.member_id is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """On which terms a question is put."""

    named: str | None = None
    """The member of `Subject` by which whoever asks names what it is about; None where there is nothing to name."""
    says: tuple[str, ...] = ()
    """Further members of `Subject` that may be named with it, and with no other question."""
    keeps_seat: bool = False
    """Whether a seat is kept until it is decided, and beyond if it is adopted (B-01)."""
    rule: str | None = None
    """The rule by which it is decided, whatever the group has chosen otherwise; all are asked, then."""
    least_roll: int = 1
    """How many have to be there to be asked."""


TERMS: dict[Question, Terms] = {
    Question.OPEN_FOR_NEW_PEOPLE: Terms(),
    Question.ADMISSION: Terms(named="application_id", keeps_seat=True),
    Question.END_DATE: Terms(named="ends_at"),
    Question.GROUND_RULES: Terms(named="ground_rules_id"),
    Question.EXCLUSION: Terms(named="member_id", rule=UNANIMOUS, least_roll=2),
    Question.LONGER_STAY: Terms(named="assignment_id", says=("latest_date", "max_meetings")),
}
_NAMES = [terms.named for terms in TERMS.values() if terms.named is not None]
_SAID = [(name, question) for question, terms in TERMS.items() for name in terms.says]


def require_fitting(question: Question, subject: Subject) -> None:
    """Refuse a question without its subject, or with another question's."""
    for name in _NAMES:
        if (getattr(subject, name) is not None) != (name == TERMS[question].named):
            raise SubjectMismatch(f"/{name}")
    for name, of_question in _SAID:
        if getattr(subject, name) is not None and question is not of_question:
            raise SubjectMismatch(f"/{name}")
