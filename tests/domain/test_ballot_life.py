"""A ballot's whole life against a model that anybody can check by eye."""

from datetime import timedelta

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from app.domain.admission.ballot import BallotStatus
from app.domain.admission.decision_rules import CONSENT_OF_ALL, Choice, Verdict
from app.domain.admission.errors import BallotClosed, BallotEnded, NotOnTheRoll
from app.domain.organisations.policy import DecisionRuleName
from app.domain.shared.ids import MembershipId
from tests.domain.build import NOW, ballot, members
from tests.support.histories import Life, many

PEOPLE = members(8)
WINDOW = 14


def adopts(rule: str, choices: list[Choice]) -> bool:
    """The four rules in the words of the domain model, every person having voted."""
    for_, against = choices.count(Choice.FOR), choices.count(Choice.AGAINST)
    match rule:
        case "no_objection":
            return for_ > 0 and against == 0
        case "unanimous" | "consent_of_all":
            return for_ > 0 and for_ == len(choices)
        case "three_quarters":
            return for_ > 0 and for_ / (for_ + against) >= 0.75
        case _:
            return for_ > len(choices) / 2


class BallotLife(Life):
    """People vote, vote again, leave; time passes; somebody counts."""

    of = "ballot"

    @initialize(size=st.integers(1, 8), name=st.sampled_from(DecisionRuleName))
    def open(self, size: int, name: DecisionRuleName) -> None:
        self.rule = str(name) if size >= 3 else CONSENT_OF_ALL
        self.secret = size >= 3
        self.ballot = ballot(size, rule=self.rule, secret=self.secret, days=WINDOW)
        self.day = 0.0
        self.there: dict[MembershipId, Choice | None] = dict.fromkeys(PEOPLE[:size])
        self.ended: BallotStatus | None = None

    @property
    def over(self) -> bool:
        """The model's own idea of it."""
        if self.day >= WINDOW or None not in self.there.values():
            return True
        return self.secret and len(self.there) < 3

    @rule(days=st.sampled_from([0.5, 1, 3]))
    def time_passes(self, days: float) -> None:
        self.day += days

    @rule(voter=st.sampled_from(PEOPLE), choice=st.sampled_from(Choice))
    def vote(self, voter: MembershipId, choice: Choice) -> None:
        now = NOW + timedelta(days=self.day)
        if voter not in self.there:
            with pytest.raises(NotOnTheRoll):
                self.ballot.admit_vote(voter, now)
        elif self.ended or self.over:
            without_a_count = self.ended in (BallotStatus.WITHDRAWN, BallotStatus.VOID)
            with pytest.raises(BallotEnded if without_a_count else BallotClosed):
                self.ballot.admit_vote(voter, now)
        else:
            self.ballot.admit_vote(voter, now)
            self.there[voter] = choice

    @precondition(lambda self: self.ended or not self.over)
    @rule(leaver=st.sampled_from(PEOPLE))
    def leave(self, leaver: MembershipId) -> None:
        dropped = self.ballot.drop(leaver, NOW + timedelta(days=self.day))
        assert dropped == (leaver in self.there and self.ended is None)
        if dropped:
            del self.there[leaver]

    @rule(how=st.sampled_from(["withdraw", "void"]), luck=st.integers(0, 5))
    def end_without_a_count(self, how: str, luck: int) -> None:
        if luck == 0:
            getattr(self.ballot, how)(NOW + timedelta(days=self.day))
            self.ended = self.ended or BallotStatus("withdrawn" if how == "withdraw" else "void")

    @precondition(lambda self: self.ended is None and self.over)
    @rule()
    def count(self) -> None:
        opened: list[bool] = []

        def envelopes() -> list[tuple[MembershipId, Choice]]:
            opened.append(True)
            return [(member, choice) for member, choice in self.there.items() if choice is not None]

        self.ballot.verdict = self.ballot.count(envelopes)
        no_secret_left = self.secret and len(self.there) < 3
        if no_secret_left or None in self.there.values() or not self.there:
            expected = Verdict.LAPSED
        else:
            cast = [choice for choice in self.there.values() if choice is not None]
            expected = Verdict.ADOPTED if adopts(self.rule, cast) else Verdict.NOT_ADOPTED
        assert self.ballot.verdict is expected
        assert not (no_secret_left and opened)
        self.ended = BallotStatus(expected.value)

    @invariant()
    def both_agree(self) -> None:
        now = NOW + timedelta(days=self.day)
        expected = self.ended or (BallotStatus.DUE if self.over else BallotStatus.OPEN)
        assert self.ballot.status(now) is expected
        assert self.ballot.is_due(now) == (expected is BallotStatus.DUE)
        assert {entry.membership_id for entry in self.ballot.remaining()} == set(self.there)


TestBallotLife = BallotLife.TestCase
TestBallotLife.settings = many("ballot", stateful_step_count=16)
