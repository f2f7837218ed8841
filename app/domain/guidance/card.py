"""A card: a few words for a moment. Phases are cards, too, and nothing else: no group is ever *in* one (L-01)."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.guidance.rule import Source


class CardKind(StrEnum):
    """What sort of card it is."""

    PRINCIPLE = "principle"
    COMPASS = "compass"
    PHASE = "phase"
    BLIND_ALLEY = "blind_alley"
    ADVICE = "advice"


class Moment(StrEnum):
    """When a card helps."""

    BEFORE_FIRST_MEETING = "before_first_meeting"
    FIRST_MEETING = "first_meeting"
    SECOND_MEETING = "second_meeting"
    EVERY_MEETING = "every_meeting"
    STARTER_LEAVING = "starter_leaving"
    AFTER_STARTER = "after_starter"
    NEW_GENERATION = "new_generation"
    SOMEBODY_LEAVES = "somebody_leaves"
    FEW_MEMBERS = "few_members"
    LONG_SILENCE = "long_silence"
    ABSENCE = "absence"
    PROCESS = "process"
    """At any time: where groups get to, in no order (L-01)."""
    COMPOSING = "composing"
    FINDING_A_ROOM = "finding_a_room"
    STARTING_AS_STARTER = "starting_as_starter"
    VOLUNTEERING = "volunteering"
    COURSE_TO_GROUP = "course_to_group"


@dataclass(frozen=True, slots=True)
class Card:
    """What is known of a card besides its words."""

    key: str
    kind: CardKind
    moments: tuple[Moment, ...]
    rules: tuple[str, ...]
    """Ids of the rules that it puts into words."""
    source: Source
