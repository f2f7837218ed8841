"""The use cases of organisations, wired."""

from app.bootstrap.kit import Kit
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
from app.services.registry import Organisations


def organisations(kit: Kit) -> Organisations:
    """Each use case with the ports that it names."""
    return Organisations(
        list_organisations=ListOrganisations(kit.transact),
        create_organisation=CreateOrganisation(kit.transact),
        read_organisation=ReadOrganisation(kit.transact),
        read_policy=ReadPolicy(kit.transact),
        adopt_policy=AdoptPolicy(kit.transact),
        register=Register(kit.transact),
        sign_for_organisation=SignForOrganisation(kit.transact, kit.words),
        list_registrations=ListRegistrations(kit.transact),
        grant_role=GrantRole(kit.transact),
        revoke_role=RevokeRole(kit.transact),
        note_mergers=NoteMergers(kit.transact),
    )
