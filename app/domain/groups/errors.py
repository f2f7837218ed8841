"""What a group refuses, each by its name."""

from app.domain.shared.errors import DomainError, Kind


class GroupNotFound(DomainError):
    """There is no such group, or none that you may know of."""

    kind, code = Kind.NOT_FOUND, "groups.not_found"


class GroupIsClosed(DomainError):
    """The group has held its first meeting: from now on its own ballot is the only way in."""

    kind, code, rules = Kind.CONFLICT, "groups.closed", ("A-01", "A-02")


class GroupIsForming(DomainError):
    """The group has not met yet; there is nobody who could decide together."""

    kind, code, rules = Kind.CONFLICT, "groups.forming", ("A-01",)


class GroupHasEnded(DomainError):
    """The group has come to the end that it had set itself."""

    kind, code, rules = Kind.CONFLICT, "groups.has_ended", ("G-16", "G-17")


class LeaveOutOfBounds(DomainError):
    """A leave begins now or later, and ends within a year."""

    kind, code = Kind.INVALID, "groups.leave_out_of_bounds"


class GroundRulesNotFound(DomainError):
    """There are no such ground rules, or none that you may know of."""

    kind, code = Kind.NOT_FOUND, "groups.ground_rules_not_found"


class NoFreeSeat(DomainError):
    """Every seat is taken."""

    kind, code, rules = Kind.CONFLICT, "groups.no_free_seat", ("G-07",)


class PlacementNotFound(DomainError):
    """There is no such invitation for you."""

    kind, code = Kind.NOT_FOUND, "groups.placement_not_found"


class PlacementOver(DomainError):
    """This invitation has been declined or withdrawn."""

    kind, code, rules = Kind.CONFLICT, "groups.placement_over", ("A-07",)


class AlreadyInvited(DomainError):
    """This person has an invitation or a place in the group."""

    kind, code = Kind.CONFLICT, "groups.already_invited"


class AliasTaken(DomainError):
    """Somebody in the group goes by this name already."""

    kind, code = Kind.CONFLICT, "groups.alias_taken"


class AlreadyMember(DomainError):
    """You are in this group."""

    kind, code = Kind.CONFLICT, "groups.already_member"


class InAnotherGroup(DomainError):
    """The organisation lets people be in one group at a time."""

    kind, code = Kind.CONFLICT, "groups.in_another_group"


class DeclarationNeeded(DomainError):
    """First the declaration of confidentiality, then the others' names."""

    kind, code, rules = Kind.FORBIDDEN, "groups.declaration_needed", ("C-01", "C-02", "C-08")


class DeclarationTextChanged(DomainError):
    """What you signed is not the text that holds now: read it and sign again."""

    kind, code, rules = Kind.CONFLICT, "groups.declaration_text_changed", ("C-02", "C-06")


class WitnessNotPossible(DomainError):
    """A signature on paper is witnessed by another member who has signed."""

    kind, code, rules = Kind.CONFLICT, "groups.witness_not_possible", ("C-06", "M-08")


class MemberNotFound(DomainError):
    """There is no such member in the group."""

    kind, code = Kind.NOT_FOUND, "groups.member_not_found"
