"""Systems' accounts."""

from typing import Annotated

from pydantic import Field

from app.api.shared.operations.operation import Operation, Shape
from app.api.shared.strict_model import Instant, Line, OneOf, StrictModel, Uuid
from app.domain.organisations.organisation import NotStaff
from app.domain.people.national_id import NationalIdInWords
from app.domain.shared.assurance import Assurance
from app.domain.systems.account import SystemScope
from app.domain.systems.errors import (
    IssuerUnknown,
    LoginUnclear,
    NumberWrong,
    SystemKnown,
    SystemNotAdmitted,
    SystemNotFound,
    SystemRevoked,
    TimeOutOfBounds,
)
from app.services.systems.change_system import ChangeSystem
from app.services.systems.list_systems import ListSystems
from app.services.systems.read_own_system import ReadOwnSystem
from app.services.systems.read_system import ReadSystem
from app.services.systems.register_system import RegisterSystem
from app.services.systems.revoke_system import RevokeSystem
from app.services.systems.views import OwnSystemView, SystemAccountView

_SYSTEM = "/v1/systems/{system_id}"
_OF_ORGANISATION = "/v1/organisations/{organisation_id}"
Number = Annotated[str, Field(pattern=r"^[0-9]{9}$", max_length=9)]


class ChangeSystemIn(StrictModel):
    """What a system may do, and until when."""

    name: Annotated[Line, Field(max_length=80, description="What the system is called.")]
    purpose: Annotated[Line, Field(max_length=300, description="What it is for, in a sentence.")]
    scopes: Annotated[
        list[OneOf[SystemScope]], Field(min_length=1, max_length=20, description="What it may do.")
    ]
    expires_at: Annotated[Instant, Field(description="Until when; within a year. RFC 3339 with an offset.")]
    suppliers: Annotated[
        list[Number],
        Field(max_length=20, description="Numbers of the organisations that may run it for the consumer."),
    ] = Field(default_factory=list)


class RegisterSystemIn(ChangeSystemIn):
    """A system that you let in: by its consumer's number, or by issuer and client id."""

    consumer: Annotated[
        Number | None,
        Field(description="Number of the organisation that it acts for (Maskinporten's consumer)."),
    ] = None
    issuer: Annotated[
        Line | None,
        Field(max_length=255, description="The issuer of its tokens, exactly as `iss` in them says it."),
    ] = None
    client_id: Annotated[Line | None, Field(max_length=255, description="Its client id there.")] = None
    holds_from: Annotated[
        Instant | None, Field(description="From when; default: now. Municipalities merge on a date.")
    ] = None
    continues: Annotated[
        list[Uuid],
        Field(max_length=20, description="Accounts in whose place it goes on, under another number (P-h5)."),
    ] = Field(default_factory=list)


OPERATIONS = (
    Operation(
        name="register_system",
        feature="systems",
        use=lambda services: services.systems.register_system,
        use_case=RegisterSystem,
        method="POST",
        path=f"{_OF_ORGANISATION}/systems",
        gives=SystemAccountView,
        takes=RegisterSystemIn,
        status=201,
        refuses=(
            NotStaff,
            IssuerUnknown,
            LoginUnclear,
            NumberWrong,
            TimeOutOfBounds,
            SystemKnown,
            SystemNotFound,
            NationalIdInWords,
        ),
        idempotent_by_key=True,
        location="/v1/systems/{id}",
        assurance=Assurance.SUBSTANTIAL,
    ),
    Operation(
        name="list_systems",
        feature="systems",
        use=lambda services: services.systems.list_systems,
        use_case=ListSystems,
        method="GET",
        path=f"{_OF_ORGANISATION}/systems",
        gives=SystemAccountView,
        shape=Shape.PAGE,
        refuses=(NotStaff,),
    ),
    Operation(
        name="read_system",
        feature="systems",
        use=lambda services: services.systems.read_system,
        use_case=ReadSystem,
        method="GET",
        path=_SYSTEM,
        gives=SystemAccountView,
        refuses=(SystemNotFound,),
    ),
    Operation(
        name="change_system",
        feature="systems",
        use=lambda services: services.systems.change_system,
        use_case=ChangeSystem,
        method="PUT",
        path=_SYSTEM,
        gives=SystemAccountView,
        takes=ChangeSystemIn,
        refuses=(
            SystemNotFound,
            SystemRevoked,
            LoginUnclear,
            NumberWrong,
            TimeOutOfBounds,
            NationalIdInWords,
        ),
        read_before="read_system",
        assurance=Assurance.SUBSTANTIAL,
    ),
    Operation(
        name="revoke_system",
        feature="systems",
        use=lambda services: services.systems.revoke_system,
        use_case=RevokeSystem,
        method="POST",
        path=f"{_SYSTEM}/revocation",
        gives=SystemAccountView,
        refuses=(SystemNotFound,),
        idempotent_by_key=True,
    ),
    Operation(
        name="read_own_system",
        feature="systems",
        use=lambda services: services.systems.read_own_system,
        use_case=ReadOwnSystem,
        method="GET",
        path=f"{_OF_ORGANISATION}/system",
        gives=OwnSystemView,
        refuses=(SystemNotAdmitted,),
        for_systems=True,
    ),
)
