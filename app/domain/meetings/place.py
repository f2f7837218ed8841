"""Where a group meets: neutral ground by preference (M-17, M-18), and who may know of it (M-h6, D-h1)."""

from enum import StrEnum


class PlaceType(StrEnum):
    """What kind of place it is."""

    MUNICIPAL_HOUSE = "municipal_house"
    HEALTH_CENTRE = "health_centre"
    LIBRARY = "library"
    VOLUNTEER_CENTRE = "volunteer_centre"
    CHURCH = "church"
    OTHER_PUBLIC = "other_public"
    PRIVATE_HOME = "private_home"
    ONLINE = "online"
    PHONE = "phone"

    @property
    def is_public(self) -> bool:
        """Premises that others use, too: neutral ground, and a room that can be taken."""
        return self not in _BEHIND_A_DOOR

    @property
    def is_for_signers_only(self) -> bool:
        """Somebody's home, a link or a number: nobody learns it before they have promised confidentiality (M-h6)."""
        return self in _BEHIND_A_DOOR


_BEHIND_A_DOOR = frozenset({PlaceType.PRIVATE_HOME, PlaceType.ONLINE, PlaceType.PHONE})


def may_know_place(
    place_type: PlaceType, *, signed: bool, arranges: bool, is_first: bool, shielded: bool = False
) -> bool:
    """Whether somebody with a place in the group, or who arranges its first meeting, may know where it is.

    Who has accepted a founding place knows where the first meeting is (D-h1), unless that is behind a door (M-h6), or
    somebody in the group is to be found by nobody (P-h13).
    """
    return signed or (not shielded and is_first and (arranges or not place_type.is_for_signers_only))
