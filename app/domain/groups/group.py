"""The group: five to eight people, leaderless, closed.

Its life (`forming → meeting → ended`) is computed from facts and never stored: a start that has passed has passed,
whether or not anybody was looking.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.domain.groups.composition import Composition, Genders
from app.domain.groups.errors import GroupHasEnded, GroupIsClosed, GroupIsForming
from app.domain.groups.ground_rules import RulesInForce
from app.domain.shared.errors import DomainError, Kind
from app.domain.shared.frames import Form as Form
from app.domain.shared.ids import GroupId, OrganisationId


class Origin(StrEnum):
    """Where a group comes from (G-23)."""

    ORGANISATION = "organisation"
    STAND_ALONE = "stand_alone"
    """Begun by people themselves. The national body of the country keeps it, and none of its people has any right in it."""
    COURSE = "course"


class Phase(StrEnum):
    """Where the group is in its life; computed."""

    FORMING = "forming"
    MEETING = "meeting"
    DORMANT = "dormant"
    """It meets, and hasn't for long (G-h9). Its members see that and nobody else; nothing follows from it."""
    ENDED = "ended"


class SizeBand(StrEnum):
    """All that staff may know of the size of a closed group."""

    BELOW_FIVE = "below_five"
    FIVE_TO_EIGHT = "five_to_eight"


class TooManySeats(DomainError):
    """More seats than the organisation's policy allows leave too little time for each."""

    kind, code, rules = Kind.INVALID, "groups.too_many_seats", ("G-05", "G-07")


@dataclass(frozen=True, slots=True)
class GroupEnd:
    """Until when a group has decided to meet."""

    at: datetime
    decided_at: datetime


@dataclass(slots=True, kw_only=True)
class Group:
    """A group, as one set of people after another: each entry makes a new generation (A-03, A-04)."""

    id: GroupId
    organisation_id: OrganisationId
    theme: str | None
    """What it gathers around, or None: people with different burdens sit well together, too (G-14)."""
    form: Form
    area: str
    """Coarse: a town or a part of it, never an address (M-17)."""
    language: str
    seats: int
    generation: int
    generation_formed_at: datetime
    closed_for_new_at: datetime | None
    """When a member last said: nobody new for now."""
    first_meeting_at: datetime | None
    """Start of the earliest meeting that was not cancelled; once passed, the group is closed for good."""
    opened_for_new_at: datetime | None
    """When the group's last adopted ballot for being open was counted."""
    end: GroupEnd | None
    """What the group last decided about its end, by a ballot."""
    end_dropped_at: datetime | None
    """When a member last said: we don't end then."""
    rules: RulesInForce | None = None
    """The ground rules that hold; None: none were adopted yet."""
    created_at: datetime
    version: int
    origin: Origin = Origin.ORGANISATION
    starter_helps: bool = False
    """Whether a starter is meant to help at the start; as good without (G-22)."""
    offered_at: datetime | None = None
    """When whoever composes it put it among the offers; it stands there until its first meeting begins."""
    age_from: int | None = None
    age_to: int | None = None
    genders: Genders = Genders.ALL
    in_common: str | None = None
    shields_place: bool = False
    """Whether somebody in it has had a protected identity: then only its signed members know where it meets (P-h13). It
    stays so, or it would tell who that was. The database sets it."""

    @property
    def shown_area(self) -> str:
        """Its area, for whoever isn't a signed member of it."""
        return "" if self.shields_place else self.area

    @classmethod
    def beginning(
        cls,
        group_id: GroupId,
        organisation_id: OrganisationId,
        now: datetime,
        *,
        theme: str | None,
        form: Form,
        area: str,
        language: str,
        seats: int,
        origin: Origin = Origin.ORGANISATION,
        starter_helps: bool = False,
    ) -> "Group":
        """A group at its beginning: its first generation, nothing decided and nothing planned yet."""
        return cls(
            id=group_id,
            organisation_id=organisation_id,
            theme=theme,
            form=form,
            area=area,
            language=language,
            seats=seats,
            generation=1,
            generation_formed_at=now,
            closed_for_new_at=None,
            first_meeting_at=None,
            opened_for_new_at=None,
            end=None,
            end_dropped_at=None,
            created_at=now,
            version=1,
            origin=origin,
            starter_helps=starter_helps,
        )

    @property
    def composition(self) -> Composition:
        """How it is composed, as it states it itself (G-12)."""
        return Composition(
            age_from=self.age_from, age_to=self.age_to, genders=self.genders, in_common=self.in_common
        )

    def state_composition(self, composition: Composition, minimum_age: int) -> None:
        """State how it is composed."""
        composition.require_from(minimum_age)
        self.age_from, self.age_to = composition.age_from, composition.age_to
        self.genders, self.in_common = composition.genders, composition.in_common

    def is_offered(self, now: datetime) -> bool:
        """Whether it stands among the offers as a forming group. How many have a place plays no part in that."""
        return self.offered_at is not None and not self.is_closed(now)

    def is_closed(self, now: datetime) -> bool:
        """Whether the first meeting has begun. From then on the one way in is the group's ballot (A-01, A-02)."""
        return has_begun(self.first_meeting_at, now)

    def phase(self, members: int, now: datetime) -> Phase:
        """Where it is in its life."""
        return phase_of(self.first_meeting_at, members, self.has_reached_its_end(now), now)

    @property
    def ends_at(self) -> datetime | None:
        """When it ends by its own decision, as long as no member has dropped that since. No end is the default (G-16)."""
        if self.end is None or (
            self.end_dropped_at is not None and self.end_dropped_at >= self.end.decided_at
        ):
            return None
        return self.end.at

    @property
    def rules_to_be_renewed(self) -> bool:
        """Whether the ground rules are those of another set of people: they hold until the group, as it is now, has adopted
        these or others (A-05)."""
        return self.rules is not None and self.rules.generation < self.generation

    def has_reached_its_end(self, now: datetime) -> bool:
        """Whether the end that it has set itself has come."""
        return self.ends_at is not None and self.ends_at <= now

    def is_open_for_new(self, now: datetime) -> bool:
        """Whether the group has decided to take in new people, and nobody has closed it since. Not open is the default."""
        if not self.is_closed(now) or self.opened_for_new_at is None or self.has_reached_its_end(now):
            return False
        return self.closed_for_new_at is None or self.closed_for_new_at < self.opened_for_new_at

    def require_forming(self, now: datetime) -> None:
        """Refuse whatever only a forming group allows: placement above all (A-01, B-18)."""
        if self.is_closed(now):
            raise GroupIsClosed

    def require_closed(self, now: datetime) -> None:
        """Refuse what takes a group that already meets."""
        if not self.is_closed(now):
            raise GroupIsForming

    def require_meeting(self, now: datetime) -> None:
        """Refuse what takes a group that meets: it has begun, and hasn't come to its own end."""
        self.require_closed(now)
        self.require_not_ended(now)

    def require_not_ended(self, now: datetime) -> None:
        """Refuse what makes no sense in a group that has come to the end that it has set itself."""
        if self.has_reached_its_end(now):
            raise GroupHasEnded

    def drop_end(self, now: datetime) -> None:
        """Any one member may say: we don't end then. Nobody is bound to go on by it, and nobody to stop (G-16, G-18)."""
        self.require_not_ended(now)
        self.end_dropped_at = now

    def close_for_new(self, now: datetime) -> None:
        """Any one member may say: nobody new for now. It takes effect at once."""
        self.closed_for_new_at = now


def has_begun(first_meeting_at: datetime | None, now: datetime) -> bool:
    """Whether a group has met for the first time, and so is closed (A-01)."""
    return first_meeting_at is not None and first_meeting_at <= now


def phase_of(first_meeting_at: datetime | None, members: int, has_ended: bool, now: datetime) -> Phase:
    """Where a group is in its life; ended when the last member has left (G-h2), or at the end that it has set itself."""
    if not has_begun(first_meeting_at, now):
        return Phase.FORMING
    return Phase.ENDED if has_ended or not members else Phase.MEETING


def is_vulnerable(members: int, warn_below: int) -> bool:
    """Too few to bear illness and absence well: shown with guidance, never a reason to stop anything (G-06)."""
    return members < warn_below


def is_dormant(last_met_at: datetime | None, after_days: int, now: datetime) -> bool:
    """No meeting for so long that the group is asked how it is, and nothing more (G-h9)."""
    return last_met_at is not None and now - last_met_at >= timedelta(days=after_days)


def size_band(members: int) -> SizeBand:
    """How staff see the size of a closed group."""
    return SizeBand.BELOW_FIVE if members < 5 else SizeBand.FIVE_TO_EIGHT


def require_seats_within(seats: int, size_max: int) -> None:
    """Refuse more seats than the policy allows (G-07)."""
    if seats > size_max:
        raise TooManySeats("/seats", maximum=size_max)
