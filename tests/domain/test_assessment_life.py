"""The life of an intake conversation against a model that anybody can check by eye: asked for, appointed, taken over by
somebody else, missed, completed, gone; and in every instant of it: who may hold it, and does it open the way to a group?"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from app.domain.intake.assessment import Appointment, Assessment, AssessmentStage, NamedBy
from app.domain.intake.errors import (
    AppointmentInThePast,
    AssessmentCompleted,
    AssessmentNotFound,
    ConflictOfInterest,
    OnlyTheInterviewer,
)
from app.domain.intake.interest import kept_for
from app.domain.intake.outcome import IntakeOutcome, Method, Outcome, OwnIntake, SignpostingNeeded, fits
from app.domain.shared.errors import DomainError
from app.domain.shared.frames import Form
from app.domain.shared.ids import AssessmentId, IntakeOutcomeId, PersonId
from tests.domain.build import DAY, HERE, MOMENT, NOW, an_id
from tests.support.histories import Life, many

PERSON = PersonId(an_id(10))
INTERVIEWERS = [PersonId(an_id(20 + number)) for number in range(3)]
ANYBODY = st.sampled_from([*INTERVIEWERS, PERSON])


@dataclass
class Model:
    """Who holds it and when, who knows the person by whose word, and until when it is kept."""

    kept_until: datetime
    holder: PersonId | None = None
    at: datetime | None = None
    named: frozenset[PersonId] = frozenset()
    stepped_back: set[PersonId] = field(default_factory=set)
    done: Outcome | None = None

    @property
    def known(self) -> set[PersonId]:
        return self.named | self.stepped_back


class AssessmentLife(Life):
    """Everybody does what they like, in any order, while time passes."""

    of = "assessment"

    @initialize(no_show=st.integers(1, 60), valid=st.integers(30, 366), known=st.sets(ANYBODY, max_size=2))
    def ask(self, no_show: int, valid: int, known: set[PersonId]) -> None:
        self.now, self.no_show, self.valid = NOW, no_show, valid
        named = frozenset(known - {PERSON})
        self.it = Assessment(
            id=AssessmentId(an_id(1)),
            organisation_id=HERE,
            person_id=PERSON,
            criteria_version=1,
            asked_at=NOW,
            kept_until=kept_for(NOW, no_show),
            appointment=None,
            completed_at=None,
            outcome_id=None,
            known=dict.fromkeys(named, NamedBy.PERSON),
            version=1,
        )
        self.model = Model(NOW + timedelta(days=no_show), named=named)
        self.outcome: IntakeOutcome | None = None
        self.versions = [1]

    def refusal(self) -> type[DomainError] | None:
        """What whoever touches it hears before anything else."""
        if self.now >= self.model.kept_until:
            return AssessmentNotFound
        return AssessmentCompleted if self.model.done is not None else None

    def refused(self, why: type[DomainError] | None) -> "pytest.RaisesExc[DomainError]":
        assert why is not None
        return pytest.raises(why)

    @rule(days=st.sampled_from([0.1, 1, 5, 20, 100]))
    def time_passes(self, days: float) -> None:
        self.now += timedelta(days=days)

    @rule()
    def the_last_moment(self) -> None:
        self.now = max(self.now, self.model.kept_until - MOMENT)

    @rule(who=ANYBODY, days=st.sampled_from([-1.0, 0.0, 0.5, 2.0, 30.0]))
    def appoint(self, who: PersonId, days: float) -> None:
        at = self.now + timedelta(days=days)
        why = self.refusal()
        why = why or (OwnIntake if who == PERSON else None)
        why = why or (ConflictOfInterest if who in self.model.known else None)
        why = why or (AppointmentInThePast if days <= 0 else None)
        agreed = Appointment(interviewer_id=who, starts_at=at, form=Form.PHONE, place="12")
        if why is not None:
            with self.refused(why):
                self.it.appoint(agreed, self.now, self.no_show)
            return
        self.it.appoint(agreed, self.now, self.no_show)
        self.model.holder, self.model.at = who, at
        self.model.kept_until = at + timedelta(days=self.no_show)

    @rule()
    def another_time(self) -> None:
        why = self.refusal()
        if why is not None:
            with self.refused(why):
                self.it.ask_for_another_time(self.now)
            return
        self.it.ask_for_another_time(self.now)
        self.model.holder = self.model.at = None

    @rule(known=st.sets(st.sampled_from(INTERVIEWERS), max_size=2))
    def name_known(self, known: set[PersonId]) -> None:
        why = self.refusal()
        if why is not None:
            with self.refused(why):
                self.it.name_known(frozenset(known), self.now)
            return
        self.it.name_known(frozenset(known), self.now)
        self.model.named = frozenset(known)
        self._released()

    @rule(who=ANYBODY)
    def step_back(self, who: PersonId) -> None:
        why = self.refusal() or (AssessmentNotFound if who != self.model.holder else None)
        if why is not None:
            with self.refused(why):
                self.it.step_back(who, self.now)
            return
        self.it.step_back(who, self.now)
        self.model.stepped_back.add(who)
        self._released()

    def _released(self) -> None:
        if self.model.holder in self.model.known:
            self.model.holder = self.model.at = None

    @rule(who=ANYBODY, ends_in=st.sampled_from(Outcome), shown=st.booleans())
    def complete(self, who: PersonId, ends_in: Outcome, shown: bool) -> None:
        number = IntakeOutcomeId(an_id(2))
        until = self.now + timedelta(days=self.valid)

        def record() -> IntakeOutcome:
            return IntakeOutcome(
                id=number,
                organisation_id=HERE,
                person_id=PERSON,
                outcome=ends_in,
                method=Method.CONVERSATION,
                recorded_by=who,
                signposted_to=("help",) if shown else (),
                recorded_at=self.now,
                valid_until=until,
            )

        if ends_in is Outcome.OTHER_HELP and not shown:
            with pytest.raises(SignpostingNeeded):
                record()
            return
        if who == PERSON:
            with pytest.raises(OwnIntake):
                record()
        why = self.refusal() or (ConflictOfInterest if who in self.model.known else None)
        why = why or (OnlyTheInterviewer if who != self.model.holder else None)
        if why is not None:
            with self.refused(why):
                self.it.complete(who, number, self.now, until)
            return
        self.outcome = record()
        self.it.complete(who, number, self.now, until)
        self.model.done, self.model.kept_until = ends_in, until

    @invariant()
    def both_agree(self) -> None:
        it, model = self.it, self.model
        assert (it.interviewer_id, set(it.known), it.kept_until) == (
            model.holder,
            model.known,
            model.kept_until,
        )
        if model.done is not None:
            expected = AssessmentStage.COMPLETED
        elif model.at is None:
            expected = AssessmentStage.ASKED
        else:
            passed = model.at <= self.now
            expected = AssessmentStage.TIME_PASSED if passed else AssessmentStage.APPOINTED
        assert it.stage(self.now) is expected

    @invariant()
    def nobody_who_knows_the_person_holds_it(self) -> None:
        assert self.it.interviewer_id is None or self.it.interviewer_id not in {*self.it.known, PERSON}
        for each in self.model.stepped_back:  # an interviewer's own word the person can't take back
            assert self.it.known[each] is NamedBy.INTERVIEWER

    @invariant()
    def a_missed_time_leaves_no_trace(self) -> None:
        """Beside its appointment, what is kept is what there was before it, and a count of changes (I-h10)."""
        if self.model.at is None and self.model.done is None:
            assert (self.it.appointment, self.it.completed_at, self.it.outcome_id) == (None, None, None)

    @invariant()
    def what_was_written_has_another_version(self) -> None:
        assert self.it.version >= self.versions[-1]
        self.versions.append(self.it.version)

    @invariant()
    def only_an_outcome_that_says_so_opens_the_way_and_only_for_its_time(self) -> None:
        assert (self.outcome is None) == (self.model.done is None)
        for at in (self.now, self.model.kept_until - MOMENT, self.model.kept_until, self.now + 400 * DAY):
            says_so = self.model.done is Outcome.GROUP
            holds = says_so and self.outcome is not None and self.outcome.recorded_at <= at
            assert fits(self.outcome, at, True) is (holds and at < self.model.kept_until)


TestAssessmentLife = AssessmentLife.TestCase
TestAssessmentLife.settings = many("assessment", stateful_step_count=20, derandomize=True)
pytestmark = [
    pytest.mark.rule("I-01", "I-02", "I-03", "A-07"),
    pytest.mark.hazard("I-h8", "I-h10"),
]
