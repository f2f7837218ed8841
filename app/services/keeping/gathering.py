"""All that is held about somebody, opened and put into views."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from app.domain.audit.entry import Access, AccessedData, AccessPurpose, ActingAs, Deed
from app.domain.keeping.data_kind import SeenBy
from app.domain.keeping.masking import masked
from app.domain.people.consent import Purpose, shows_contact_to_staff
from app.domain.people.person import NotIntroduced
from app.domain.shared.actor import Actor
from app.domain.shared.errors import PersonNeeded
from app.domain.shared.ids import OrganisationId, PersonId
from app.services.keeping.ports import FoundTable, FoundValue, GatherPersonal, KeepingUnitOfWork, SealedWords
from app.services.keeping.views import (
    HeldEntryView,
    HeldSectionView,
    MyDataView,
    WithheldView,
)
from app.services.ports.people import MyOrganisations
from app.services.ports.transaction import Transact
from app.services.ports.vault import Vault


@dataclass(frozen=True, slots=True)
class Gather:
    """One short transaction in each organisation that somebody is registered with, and last, one outside of all: a copy
    that was made is noted there, once, before it is handed out."""

    transact: Transact[KeepingUnitOfWork]
    personal: GatherPersonal
    my_organisations: MyOrganisations
    vault: Vault

    async def __call__(self, actor: Actor) -> MyDataView:
        """All of it."""
        if actor.is_system or not actor.is_known:
            raise PersonNeeded
        if actor.person is None:
            raise NotIntroduced
        person = actor.person
        sections: list[HeldSectionView] = []

        async def work(tx: KeepingUnitOfWork) -> list[FoundTable]:
            return await tx.own_data.gather(person)

        for organisation in await self.my_organisations(actor):
            found = await self.transact.write(actor, organisation, work)
            sections += [self._section(each, organisation) for each in as_consented(found)]
        own = [self._section(each, None) for each in await self.personal(actor, _copy_of(person))]
        return MyDataView(sections=own + sections)

    def _section(self, found: FoundTable, organisation: OrganisationId | None) -> HeldSectionView:
        return HeldSectionView(
            organisation_id=organisation,
            name=found.table,
            what=found.what,
            why=found.why,
            kept=found.kept,
            kept_days=HeldSectionView.days(found.kept),
            seen_by=list(found.seen_by),
            entries=[
                HeldEntryView(names=list(row), values=[self._values(value) for value in row.values()])
                for row in found.rows
            ],
            withheld=[WithheldView(name=name, reason=why) for name, why in found.withheld.items()],
            entries_about_others=found.done,
        )

    def _values(self, value: FoundValue) -> list[str]:
        if value is None:
            return []
        if isinstance(value, SealedWords):
            words = self.vault.open(value.place, value.sealed)
            return [] if words is None else [masked(words) if value.masked else words]
        if isinstance(value, list | tuple):
            return [_text(each) for each in value]
        return [_text(value)]


def as_consented(found: list[FoundTable]) -> list[FoundTable]:
    """What one organisation holds, each table with who sees it of this person: the inventory names everybody who may ever
    see a row of it, and a way of reaching somebody is seen as their own consents say."""
    rows = {each.table: each.rows for each in found}
    standing = {Purpose(str(row["purpose"])) for row in rows["consent"] if row["withdrawn_at"] is None}
    is_protected = any(row["is_protected"] for row in rows["registration"])
    if shows_contact_to_staff(standing, is_protected=is_protected):
        return found
    return [replace(each, seen_by=(SeenBy.ONESELF,)) if each.table == "contact" else each for each in found]


def _copy_of(person: PersonId) -> Access:
    return Access(
        deed=Deed.EXPORTED,
        data=AccessedData.PERSONAL_COPY,
        acting_as=ActingAs.ONESELF,
        purpose=AccessPurpose.OWN_AFFAIRS,
        about=person,
    )


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
