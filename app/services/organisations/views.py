"""What is shown of organisations, their policies and the people who work for them."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar

from app.domain.organisations.declaration import StaffDeclaration
from app.domain.organisations.organisation import Country, Level, Merger, Organisation, Registration, Role
from app.domain.organisations.policy import Policy, PolicySettings
from app.domain.shared.ids import OrganisationId, PersonId
from app.services.ports.view import DESCRIBED


@dataclass(frozen=True, slots=True, kw_only=True)
class MergerView:
    """Municipalities that become one, or get another number."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    on: date
    """The first day of the new number."""
    out_of: list[str]
    """The numbers until then."""
    into: str
    """The number from then on."""

    @staticmethod
    def of(merger: Merger) -> "MergerView":
        """The same for everyone."""
        return MergerView(on=merger.on, out_of=list(merger.out_of), into=merger.into)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationView:
    """An organisation in the public directory."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    id: OrganisationId
    """Id of the organisation."""
    name: str
    """What it is called."""
    country: Country
    """Where it works."""
    level: Level
    """Its level in the tree (O-03)."""
    parent_id: OrganisationId | None
    """The organisation above it, if there is one."""
    municipalities: list[str]
    """Numbers of the municipalities that it covers today (O-04)."""
    mergers: list[MergerView]
    """Which of them come from which, and from which day on; also of days that are still to come (P-h5)."""
    time_zone: str
    """IANA name; its groups' local times are meant in it."""

    @staticmethod
    def of(organisation: Organisation, now: datetime) -> "OrganisationView":
        """The directory's entry; it is the same for everyone."""
        return OrganisationView(
            id=organisation.id,
            name=organisation.name,
            country=organisation.country,
            level=organisation.level,
            parent_id=organisation.parent_id,
            municipalities=list(organisation.covers_at(now)),
            mergers=[MergerView.of(each) for each in organisation.mergers],
            time_zone=organisation.time_zone,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyView:
    """One version of an organisation's policy. Public: whoever comes should know what holds."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    organisation_id: OrganisationId
    """The organisation."""
    version: int
    """Number of this version."""
    effective_from: datetime
    """From when it holds, UTC."""
    newest_version: int
    """The newest version there is, which may be scheduled for later; the next one is adopted on top of that."""
    settings: PolicySettings
    """What the organisation has decided."""

    @staticmethod
    def of(policy: Policy, newest_version: int) -> "PolicyView":
        """The policy; it is the same for everyone."""
        return PolicyView(
            organisation_id=policy.organisation_id,
            version=policy.version,
            effective_from=policy.effective_from,
            newest_version=newest_version,
            settings=policy.settings,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffDeclarationView:
    """A promise of confidentiality to an organisation, to show the signer what stands."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    organisation_id: OrganisationId
    """The organisation."""
    text_version: str
    """Version of the text that was signed."""
    signed_at: datetime
    """When, UTC."""

    @staticmethod
    def of(declaration: StaffDeclaration) -> "StaffDeclarationView":
        """The signature, without the name under it."""
        return StaffDeclarationView(
            organisation_id=declaration.organisation_id,
            text_version=declaration.text_version,
            signed_at=declaration.signed_at,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationView:
    """A person's own entry with an organisation."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    organisation_id: OrganisationId
    """The organisation."""
    person_id: PersonId
    """The person."""
    name: str
    """The name by which the organisation knows them."""
    registered_at: datetime
    """When, UTC: their own choice (A-07)."""
    roles: list[Role] = field(default_factory=list)
    """What they do for the organisation; nothing for most."""

    @staticmethod
    def of(registration: Registration, roles: frozenset[Role] = frozenset()) -> "RegistrationView":
        """The entry, for the person and for the organisation's staff."""
        return RegistrationView(
            organisation_id=registration.organisation_id,
            person_id=registration.person_id,
            name=registration.name,
            registered_at=registration.registered_at,
            roles=sorted(roles),
        )
