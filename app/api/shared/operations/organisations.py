"""Organisations, their policies, and who works for them."""

from typing import Annotated
from zoneinfo import available_timezones

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from app.api.shared.operations.inputs import Name, SignatureIn
from app.api.shared.operations.operation import Operation, Part, Shape
from app.api.shared.strict_model import Instant, Line, OneOf, StrictModel, Uuid
from app.domain.groups.errors import DeclarationTextChanged
from app.domain.organisations.declaration import StaffDeclarationNeeded
from app.domain.organisations.organisation import (
    Country,
    LastAdministrator,
    Level,
    NoPlaceInTheTree,
    NotRegistered,
    NotStaff,
    OrganisationNotFound,
    Role,
)
from app.domain.organisations.policy import (
    DecisionRuleName,
    IntakeMode,
    PolicyInThePast,
    PolicyOutOfBounds,
    PolicySettings,
)
from app.services.organisations.adopt_policy import AdoptPolicy
from app.services.organisations.create_organisation import CreateOrganisation
from app.services.organisations.grant_role import GrantRole
from app.services.organisations.list_organisations import ListOrganisations
from app.services.organisations.list_registrations import ListRegistrations
from app.services.organisations.read_organisation import ReadOrganisation
from app.services.organisations.read_policy import ReadPolicy
from app.services.organisations.register import Register
from app.services.organisations.revoke_role import RevokeRole
from app.services.organisations.sign_for_organisation import SignForOrganisation
from app.services.organisations.views import (
    OrganisationView,
    PolicyView,
    RegistrationView,
    StaffDeclarationView,
)


def _known_zone(name: str | None) -> str | None:
    if name is not None and name not in available_timezones():
        raise PydanticCustomError("malformed", "not the name of a time zone")
    return name


Municipality = Annotated[str, Field(pattern=r"^[0-9]{3,4}$", max_length=4)]


class CreateOrganisationIn(StrictModel):
    """A new organisation below yours."""

    parent_id: Annotated[
        Uuid, Field(description="The organisation above it, of which you are an administrator.")
    ]
    name: Annotated[Line, Field(max_length=120, description="What it is called.")]
    country: Annotated[OneOf[Country], Field(description="Where it works.")]
    level: Annotated[OneOf[Level], Field(description="Its level in the tree (O-03).")]
    municipalities: Annotated[
        list[Municipality],
        Field(max_length=400, description="Numbers of the municipalities it covers (O-04)."),
    ] = Field(default_factory=list)
    time_zone: Annotated[
        str | None,
        Field(max_length=60, description="IANA name of its time zone; default: its country's."),
        AfterValidator(_known_zone),
    ] = None


class DirectoryFilter(StrictModel):
    """Which organisations."""

    country: Annotated[OneOf[Country] | None, Field(description="Only in this country.")] = None


class RegistrationFilter(StrictModel):
    """Which registrations."""

    role: Annotated[OneOf[Role] | None, Field(description="Only people with this role.")] = None


class PolicyFilter(StrictModel):
    """Which version."""

    as_of: Annotated[
        Instant | None, Field(description="The version that holds at this instant; default: now.")
    ] = None


class PolicySettingsIn(Part):
    """What the organisation decides for itself; what is left out keeps its usual value."""

    DOMAIN = PolicySettings

    intake_mode: Annotated[OneOf[IntakeMode], Field(description="How people come to an intake outcome.")]
    minimum_age: Annotated[int, Field(ge=13, le=99, description="Years; 18 but in a youth programme.")] = 18
    youth_programme: Annotated[bool, Field(description="Whether it runs one (Denmark only).")] = False
    size_warn_below: Annotated[
        int, Field(ge=3, le=8, description="Below this a group counts as vulnerable.")
    ] = 5
    size_start_min: Annotated[
        int, Field(ge=3, le=5, description="How many it takes to fix a first meeting.")
    ] = 3
    size_max: Annotated[int, Field(ge=5, le=8, description="Seats of a group.")] = 8
    ballot_rule: Annotated[OneOf[DecisionRuleName], Field(description="How groups decide.")] = (
        DecisionRuleName.NO_OBJECTION
    )
    ballot_quorum_percent: Annotated[int, Field(ge=50, le=100, description="How many must vote.")] = 100
    ballot_window_days: Annotated[int, Field(ge=7, le=60, description="How long a ballot is open.")] = 14
    entry_offer_days: Annotated[int, Field(ge=3, le=60, description="How long a place is held.")] = 14
    application_wait_days: Annotated[int, Field(ge=14, le=180, description="How long applications wait.")] = (
        60
    )
    reapply_after_days: Annotated[int, Field(ge=0, le=365, description="Rest after a decision.")] = 30
    intake_valid_days: Annotated[int, Field(ge=30, le=366, description="How long an intake holds.")] = 183
    parallel_membership: Annotated[bool, Field(description="Whether two groups at once are allowed.")] = True


class AdoptPolicyIn(StrictModel):
    """The next version of the policy."""

    settings: PolicySettingsIn
    effective_from: Annotated[Instant | None, Field(description="From when it holds; default: now.")] = None


class RegisterIn(StrictModel):
    """How the organisation shall know you."""

    name: Name


class SignForOrganisationIn(StrictModel):
    """Your signature."""

    signature: SignatureIn


_ORGANISATION = "/v1/organisations/{organisation_id}"
OPERATIONS = (
    Operation(
        name="list_organisations",
        feature="organisations",
        use=lambda services: services.organisations.list_organisations,
        use_case=ListOrganisations,
        method="GET",
        path="/v1/organisations",
        gives=OrganisationView,
        shape=Shape.PAGE,
        filters=DirectoryFilter,
        is_public=True,
    ),
    Operation(
        name="create_organisation",
        feature="organisations",
        use=lambda services: services.organisations.create_organisation,
        use_case=CreateOrganisation,
        method="POST",
        path="/v1/organisations",
        gives=OrganisationView,
        takes=CreateOrganisationIn,
        status=201,
        refuses=(NotStaff, OrganisationNotFound, NoPlaceInTheTree),
        idempotent_by_key=True,
        location="/v1/organisations/{id}",
    ),
    Operation(
        name="read_organisation",
        feature="organisations",
        use=lambda services: services.organisations.read_organisation,
        use_case=ReadOrganisation,
        method="GET",
        path=_ORGANISATION,
        gives=OrganisationView,
        refuses=(OrganisationNotFound,),
        is_public=True,
    ),
    Operation(
        name="read_policy",
        feature="organisations",
        use=lambda services: services.organisations.read_policy,
        use_case=ReadPolicy,
        method="GET",
        path=f"{_ORGANISATION}/policy",
        gives=PolicyView,
        version_in="newest_version",
        filters=PolicyFilter,
        refuses=(OrganisationNotFound,),
        is_public=True,
    ),
    Operation(
        name="adopt_policy",
        feature="organisations",
        use=lambda services: services.organisations.adopt_policy,
        use_case=AdoptPolicy,
        method="PUT",
        path=f"{_ORGANISATION}/policy",
        gives=PolicyView,
        version_in="newest_version",
        takes=AdoptPolicyIn,
        refuses=(
            NotStaff,
            OrganisationNotFound,
            PolicyOutOfBounds,
            PolicyInThePast,
        ),
        read_before="read_policy",
    ),
    Operation(
        name="register_with_organisation",
        feature="organisations",
        use=lambda services: services.organisations.register,
        use_case=Register,
        method="PUT",
        path=f"{_ORGANISATION}/my-registration",
        gives=RegistrationView,
        takes=RegisterIn,
        refuses=(OrganisationNotFound,),
    ),
    Operation(
        name="sign_for_organisation",
        feature="organisations",
        use=lambda services: services.organisations.sign_for_organisation,
        use_case=SignForOrganisation,
        method="PUT",
        path=f"{_ORGANISATION}/my-declaration",
        gives=StaffDeclarationView,
        takes=SignForOrganisationIn,
        refuses=(NotRegistered, DeclarationTextChanged),
    ),
    Operation(
        name="list_registrations",
        feature="organisations",
        use=lambda services: services.organisations.list_registrations,
        use_case=ListRegistrations,
        method="GET",
        path=f"{_ORGANISATION}/registrations",
        gives=RegistrationView,
        shape=Shape.PAGE,
        filters=RegistrationFilter,
        refuses=(NotStaff, StaffDeclarationNeeded),
    ),
    Operation(
        name="grant_role",
        feature="organisations",
        use=lambda services: services.organisations.grant_role,
        use_case=GrantRole,
        method="PUT",
        path=f"{_ORGANISATION}/registrations/{{person_id}}/roles/{{role}}",
        path_types={"role": Role},
        gives=RegistrationView,
        refuses=(NotStaff, NotRegistered),
    ),
    Operation(
        name="revoke_role",
        feature="organisations",
        use=lambda services: services.organisations.revoke_role,
        use_case=RevokeRole,
        method="DELETE",
        path=f"{_ORGANISATION}/registrations/{{person_id}}/roles/{{role}}",
        path_types={"role": Role},
        gives=RegistrationView,
        refuses=(NotStaff, NotRegistered, LastAdministrator),
    ),
)
