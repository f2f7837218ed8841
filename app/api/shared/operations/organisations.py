"""Organisations, their policies, and who works for them."""

from typing import Annotated

from pydantic import AfterValidator, Field

from app.api.shared.operations.inputs import Name, SignatureIn, known_zone
from app.api.shared.operations.operation import Operation, Part, Shape
from app.api.shared.operations.policy_settings import PolicySettingsIn
from app.api.shared.strict_model import Day, Instant, Line, OneOf, StrictModel, Uuid
from app.domain.groups.errors import DeclarationTextChanged
from app.domain.organisations.declaration import StaffDeclarationNeeded
from app.domain.organisations.organisation import (
    Country,
    LastAdministrator,
    Level,
    Merger,
    MunicipalityNotCovered,
    NoPlaceInTheTree,
    NotRegistered,
    NotStaff,
    OrganisationNotFound,
    Role,
)
from app.domain.organisations.policy import (
    PolicyInThePast,
    PolicyOutOfBounds,
)
from app.domain.shared.assurance import Assurance
from app.services.organisations.adopt_policy import AdoptPolicy
from app.services.organisations.create_organisation import CreateOrganisation
from app.services.organisations.grant_role import GrantRole
from app.services.organisations.list_organisations import ListOrganisations
from app.services.organisations.list_registrations import ListRegistrations
from app.services.organisations.note_mergers import NoteMergers
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
        AfterValidator(known_zone),
    ] = None


class MergerIn(Part):
    """Municipalities that become one, or one that gets another number."""

    DOMAIN = Merger

    on: Annotated[Day, Field(description="The first day of the new number.")]
    out_of: Annotated[
        list[Municipality], Field(min_length=1, max_length=40, description="The numbers until then.")
    ]
    into: Annotated[Municipality, Field(description="The number from then on.")]

    def to_domain(self) -> Merger:
        """The merger, as the domain has it."""
        return Merger(on=self.on, out_of=tuple(self.out_of), into=self.into)


class NoteMergersIn(StrictModel):
    """All mergers that there are to note."""

    mergers: Annotated[list[MergerIn], Field(max_length=100, description="In any order.")]


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
        assurance=Assurance.SUBSTANTIAL,
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
        name="note_mergers",
        feature="organisations",
        use=lambda services: services.organisations.note_mergers,
        use_case=NoteMergers,
        method="PUT",
        path=f"{_ORGANISATION}/mergers",
        gives=OrganisationView,
        takes=NoteMergersIn,
        refuses=(NotStaff, MunicipalityNotCovered),
        assurance=Assurance.SUBSTANTIAL,
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
        assurance=Assurance.SUBSTANTIAL,
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
        assurance=Assurance.SUBSTANTIAL,
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
