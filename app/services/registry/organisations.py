"""The use cases of organisations."""

from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisations:
    """Organisations, their policies, and who works for them."""

    list_organisations: ListOrganisations
    create_organisation: CreateOrganisation
    read_organisation: ReadOrganisation
    read_policy: ReadPolicy
    adopt_policy: AdoptPolicy
    register: Register
    sign_for_organisation: SignForOrganisation
    list_registrations: ListRegistrations
    grant_role: GrantRole
    revoke_role: RevokeRole
    note_mergers: NoteMergers
