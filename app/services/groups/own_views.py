"""What is shown of a group's own affairs: to its members, and to those who were."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar, NamedTuple

from app.domain.groups.ground_rules import AbsenceChannel, Frame, GroundRules
from app.domain.groups.group import Group
from app.domain.groups.leave import Leave
from app.domain.shared.ids import GroundRulesId, GroupId, OrganisationId
from app.services.ports.texts import HelpView, Words
from app.services.ports.view import DESCRIBED


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveView:
    """Your own leave."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    is_away: bool
    """Whether you are away now. The others see that, and no more."""
    starts_at: datetime | None
    """From when, UTC; null where you have no leave."""
    ends_at: datetime | None
    """Until when, UTC."""

    @staticmethod
    def of(leave: Leave | None, now: datetime) -> "LeaveView":
        """One's own leave; one that is over is none."""
        if leave is None or leave.ends_at <= now:
            return LeaveView(is_away=False, starts_at=None, ends_at=None)
        return LeaveView(is_away=leave.covers(now), starts_at=leave.starts_at, ends_at=leave.ends_at)


class RulesStatus(StrEnum):
    """What has become of a draft."""

    DRAFT = "draft"
    IN_FORCE = "in_force"
    TO_BE_RENEWED = "to_be_renewed"
    """They hold; but the group has become another one since, and hasn't adopted them as it is now (A-05)."""
    EARLIER = "earlier"
    """They held once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundRulesView:
    """Ground rules of a group, as its members see them, and nobody else does."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    id: GroundRulesId
    """Id of this draft; a ballot on it names it."""
    group_id: GroupId
    """The group."""
    status: RulesStatus
    """Whether they hold."""
    drafted_at: datetime
    """When they were written, UTC."""
    adopted_at: datetime | None
    """When the group last adopted them, UTC."""
    rhythm: str | None
    """How often and how long you meet, in your own words (G-17)."""
    absence_channel: AbsenceChannel | None
    """How you say that you can't come (N-02)."""
    absence_hours: int | None
    """Until how many hours before a meeting (N-02)."""
    refreshments: str | None
    """Who brings what, if anybody anything."""
    breaks: str | None
    """When you pause."""
    decision_rule: str | None
    """By which rule you decide from then on; null: by your organisation's."""
    points: list[str]
    """What else you have agreed on."""
    unspoken: list[Frame]
    """The frames that they say nothing about yet (M-13)."""

    @staticmethod
    def of(rules: GroundRules, group: Group) -> "GroundRulesView":
        """For a member."""
        agreed = rules.agreement
        return GroundRulesView(
            id=rules.id,
            group_id=rules.group_id,
            status=_status(rules, group),
            drafted_at=rules.drafted_at,
            adopted_at=rules.adopted_at,
            rhythm=agreed.rhythm,
            absence_channel=agreed.absence_channel,
            absence_hours=agreed.absence_hours,
            refreshments=agreed.refreshments,
            breaks=agreed.breaks,
            decision_rule=agreed.decision_rule,
            points=list(agreed.points),
            unspoken=agreed.unspoken,
        )


def _status(rules: GroundRules, group: Group) -> RulesStatus:
    if group.rules is not None and group.rules.id == rules.id:
        return RulesStatus.TO_BE_RENEWED if group.rules_to_be_renewed else RulesStatus.IN_FORCE
    return RulesStatus.DRAFT if rules.adopted_at is None else RulesStatus.EARLIER


class PastMembership(NamedTuple):
    """A membership that has ended."""

    organisation_id: OrganisationId
    group_id: GroupId
    alias: str
    joined_at: datetime
    left_at: datetime
    by_the_others: bool
    country: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PastMembershipView:
    """A group that you were in. Nothing of what happens there is shown any more."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    organisation_id: OrganisationId
    """The organisation that the group belongs to."""
    group_id: GroupId
    """The group."""
    alias: str
    """The name that you went by there."""
    joined_at: datetime
    """When you came in, UTC."""
    left_at: datetime
    """When your place ended, UTC."""
    by_the_others: bool
    """Whether all the others have decided so; otherwise you have left by yourself."""
    message: str
    """A few words for the way, in your language: never a reason, a count or a name. Your promise goes on."""
    other_help: list[HelpView]
    """Other ways to help."""

    @staticmethod
    def of(past: PastMembership, words: Words, language: str) -> "PastMembershipView":
        """For the person whose place it was."""
        return PastMembershipView(
            organisation_id=past.organisation_id,
            group_id=past.group_id,
            alias=past.alias,
            joined_at=past.joined_at,
            left_at=past.left_at,
            by_the_others=past.by_the_others,
            message=words.say("leaving", "by_the_others" if past.by_the_others else "by_yourself", language),
            other_help=words.other_help(past.country, language),
        )
