"""Protected identity: a state of its own, in which nothing that this service shows locates or names the person (P-h13).

Norwegian code 6 and 7, Danish name and address protection: which of them it is, is not asked and not kept, and all of them
are met as the strictest. A login can say it; a login that says nothing takes nothing away.
"""

from enum import StrEnum

from app.domain.shared.errors import DomainError, Kind


class ProtectedBy(StrEnum):
    """Who has said so first."""

    ONESELF = "oneself"
    LOGIN = "login"


class ProtectionConfirmed(DomainError):
    """Your login says that your identity is protected; as long as it does, so is it here."""

    kind, code = Kind.CONFLICT, "people.protection_confirmed"
