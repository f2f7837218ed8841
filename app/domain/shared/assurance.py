"""How sure an issuer is of who logs in."""

from enum import IntEnum


class Assurance(IntEnum):
    """Three levels, in order, as in eIDAS and NSIS. Issuers have names of their own for them (`acr`, `loa`)."""

    LOW = 1
    SUBSTANTIAL = 2
    HIGH = 3
