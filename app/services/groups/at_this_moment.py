"""Which cards help a group just now: moments, for `GET /v1/cards?moment=`. They open or close nothing (G-06, G-h9)."""

from app.domain.groups.group import Phase
from app.domain.guidance.card import Moment


def moments(phase: Phase, *, is_vulnerable: bool, to_be_renewed: bool) -> list[Moment]:
    """For the members of a group in this phase. To be renewed: declarations or ground rules, after an entry (A-05)."""
    if phase is Phase.ENDED:
        return []
    told = {
        Moment.BEFORE_FIRST_MEETING: phase is Phase.FORMING,
        Moment.NEW_GENERATION: to_be_renewed,
        Moment.FEW_MEMBERS: is_vulnerable and phase is not Phase.FORMING,
        Moment.LONG_SILENCE: phase is Phase.DORMANT,
    }
    return [moment for moment, holds in told.items() if holds]
