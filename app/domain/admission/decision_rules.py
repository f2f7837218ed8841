"""How many voices make a decision: the rules as strategies.

Silence is never consent (B-10), a tie is no admission (B-11), and no rule sees who voted what.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Choice(StrEnum):
    """What one may say in a ballot."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"


class Verdict(StrEnum):
    """What a count ends in. Lapsed is not a no: no decision was reached (B-09)."""

    ADOPTED = "adopted"
    NOT_ADOPTED = "not_adopted"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class Tally:
    """The voices, counted. It lives in memory, during the count, and nowhere else."""

    for_: int
    against: int
    abstain: int

    @property
    def voices(self) -> int:
        """How many have voted."""
        return self.for_ + self.against + self.abstain


class DecisionRule(Protocol):
    """A rule by which a group decides."""

    @property
    def name(self) -> str:
        """Its name in the policy and in the snapshot that a ballot carries."""

    def adopts(self, tally: Tally, roll: int) -> bool:
        """Whether this tally of a roll of that size adopts the question, the quorum being met."""

    def explain(self) -> str:
        """The key of its explanation in words (`app/content/`, topic `decision_rules`)."""


@dataclass(frozen=True, slots=True)
class _Named:
    name: str

    def explain(self) -> str:
        return f"decision_rules.{self.name}"


class NoObjection(_Named):
    """Nobody against, and at least one for."""

    def adopts(self, tally: Tally, roll: int) -> bool:
        return tally.against == 0 and tally.for_ >= 1


class Unanimous(_Named):
    """Everyone for."""

    def adopts(self, tally: Tally, roll: int) -> bool:
        return tally.for_ >= 1 and tally.for_ == tally.voices


class ThreeQuarters(_Named):
    """Three quarters of those for and against."""

    def adopts(self, tally: Tally, roll: int) -> bool:
        return tally.for_ >= 1 and tally.for_ * 4 >= (tally.for_ + tally.against) * 3


class AbsoluteMajority(_Named):
    """More than half of the roll; half is not enough."""

    def adopts(self, tally: Tally, roll: int) -> bool:
        return tally.for_ * 2 > roll


class ConsentOfAll(_Named):
    """Below three on the roll no vote can be secret, so the open consent of all decides (B-19)."""

    def adopts(self, tally: Tally, roll: int) -> bool:
        return roll >= 1 and tally.for_ == roll


SECRECY_NEEDS = 3
"""On a smaller roll no vote can be secret (B-19)."""
CONSENT_OF_ALL = "consent_of_all"
UNANIMOUS = "unanimous"
_RULES: dict[str, DecisionRule] = {
    rule.name: rule
    for rule in (
        NoObjection("no_objection"),
        Unanimous(UNANIMOUS),
        ThreeQuarters("three_quarters"),
        AbsoluteMajority("absolute_majority"),
        ConsentOfAll(CONSENT_OF_ALL),
    )
}


def rule_named(name: str) -> DecisionRule:
    """The rule of that name; `KeyError` for a name that no rule has."""
    return _RULES[name]


def decide(
    rule: DecisionRule,
    tally: Tally,
    *,
    roll: int,
    quorum_percent: int,
    away: int = 0,
    away_voices: int = 0,
) -> Verdict:
    """The verdict of a ballot: first the quorum, then the rule.

    `roll`: how many could vote as of the closing time. `away`: how many of them were on leave then, and `away_voices` of
    those have voted all the same: they don't count in the quorum (B-05), but in the decision. Where everybody is away the
    quorum is that of all, and leave never lets fewer than three decide, as no secret is left among them. A quorum that is
    missed is `lapsed`, which is not a no (B-09).
    """
    asked, heard = (roll - away, tally.voices - away_voices) if away < roll else (roll, tally.voices)
    least = min(SECRECY_NEEDS, -(-roll * quorum_percent // 100))
    if roll == 0 or heard * 100 < asked * quorum_percent or tally.voices < least:
        return Verdict.LAPSED
    return Verdict.ADOPTED if rule.adopts(tally, roll) else Verdict.NOT_ADOPTED
