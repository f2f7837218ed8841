"""Ground rules: what a group has agreed about itself. It writes them itself, adopts them by its ballot, and nobody outside
ever sees them (G-15). Each draft stands as it was written; what holds is computed from the ballots."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.shared.ids import GroundRulesId, GroupId, OrganisationId


class AbsenceChannel(StrEnum):
    """How members say that they can't come (N-02)."""

    IN_APP = "in_app"
    TEXT_MESSAGE = "text_message"
    PHONE_CALL = "phone_call"
    OTHER = "other"


class Frame(StrEnum):
    """What a group talks about at its first meeting (M-13). Confidentiality has a declaration of its own."""

    ABSENCE = "absence"
    TIME = "time"
    REFRESHMENTS = "refreshments"
    BREAKS = "breaks"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What is agreed. Each member may be missing: a group agrees about what it wants to."""

    rhythm: str | None = None
    """How often and how long they meet, in words (G-17)."""
    absence_channel: AbsenceChannel | None = None
    absence_hours: int | None = None
    """Until how many hours before a meeting (N-02)."""
    refreshments: str | None = None
    breaks: str | None = None
    decision_rule: str | None = None
    """By which rule the group decides from then on; None: its organisation's."""
    points: tuple[str, ...] = ()
    """What else."""

    @property
    def unspoken(self) -> list[Frame]:
        """The frames that it says nothing about yet (M-13)."""
        said = {
            Frame.ABSENCE: self.absence_channel,
            Frame.TIME: self.rhythm,
            Frame.REFRESHMENTS: self.refreshments,
            Frame.BREAKS: self.breaks,
        }
        return [frame for frame, words in said.items() if words is None]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundRules:
    """A draft of a group's ground rules, and when it was last adopted."""

    id: GroundRulesId
    organisation_id: OrganisationId
    group_id: GroupId
    drafted_at: datetime
    agreement: Agreement
    adopted_at: datetime | None


@dataclass(frozen=True, slots=True)
class RulesInForce:
    """Which ground rules hold, and which generation adopted them."""

    id: GroundRulesId
    adopted_at: datetime
    generation: int
