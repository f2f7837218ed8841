"""Placements, memberships, declarations: who is in a group, how they came in, what they have signed."""

from dataclasses import dataclass

from sqlalchemy import func, select, text, update
from sqlalchemy.dialects.postgresql import insert

from app.adapters.postgres import sealing
from app.adapters.postgres.mapping import Mapper, SealedMapper
from app.adapters.postgres.repositories.standing import DECLARATION, GENERATION, MEMBER
from app.adapters.postgres.statements import Statement, inserting, p, service_clock
from app.adapters.postgres.tables import columns as col
from app.adapters.postgres.tables.groups import PlacementRow
from app.adapters.postgres.tables.organisations import RegistrationRow
from app.adapters.postgres.work import Work
from app.domain.groups.declaration import Declaration
from app.domain.groups.errors import GroupNotFound, PlacementNotFound
from app.domain.groups.membership import Membership, Placement
from app.domain.shared.ids import NOBODY, BallotId, GroupId, MembershipId, PersonId, PlacementId

PLACEMENT = col.table_of(PlacementRow)
REGISTRATION = col.table_of(RegistrationRow)
_PLACEMENTS = Mapper(Placement, PLACEMENT)
_MEMBERSHIPS = Mapper(Membership, MEMBER, added=("ballot_verdict", "excluded_by", "excluded_verdict"))
_DECLARATIONS = SealedMapper(Declaration, DECLARATION, sealing.DECLARATION)

_ADD_PLACEMENT = inserting(PLACEMENT)
_LOCK_PLACEMENT = Statement(
    select(*PLACEMENT.columns, service_clock().label("clock"))
    .where(
        PLACEMENT.c.organisation_id == p("organisation_id"),
        PLACEMENT.c.id == p("id_"),
        PLACEMENT.c.person_id.is_not(None),
    )
    .with_for_update()
)
_SAVE_PLACEMENT = Statement(
    update(PLACEMENT)
    .where(PLACEMENT.c.organisation_id == p("key_org"), PLACEMENT.c.id == p("key_id"))
    .values(accepted_at=p("accepted_at"), declined_at=p("declined_at"), withdrawn_at=p("withdrawn_at"))
)
_GROUP_OF_PLACEMENT = Statement(
    select(PLACEMENT.c.group_id, PLACEMENT.c.person_id).where(
        PLACEMENT.c.organisation_id == p("organisation_id"),
        PLACEMENT.c.id == p("id_"),
        PLACEMENT.c.person_id.is_not(None),
    )
)
_ADD_MEMBERSHIP = inserting(MEMBER)
_OWN = Statement(
    select(*MEMBER.columns).where(
        MEMBER.c.organisation_id == p("organisation_id"),
        MEMBER.c.group_id == p("group_id"),
        MEMBER.c.person_id == p("person_id"),
        MEMBER.c.left_at.is_(None),
    )
)
_HAS_LEFT = Statement(
    select(MEMBER.c.id)
    .where(
        MEMBER.c.organisation_id == p("organisation_id"),
        MEMBER.c.group_id == p("group_id"),
        MEMBER.c.person_id == p("person_id"),
        MEMBER.c.left_at.is_not(None),
    )
    .limit(1)
)
_SAVE_MEMBERSHIP = Statement(
    update(MEMBER)
    .where(MEMBER.c.organisation_id == p("key_org"), MEMBER.c.id == p("key_id"))
    .values(left_at=p("left_at"), alias=p("alias"))
)
_LOCK_REGISTRATION = Statement(
    select(REGISTRATION.c.person_id)
    .where(REGISTRATION.c.organisation_id == p("organisation_id"), REGISTRATION.c.person_id == p("person_id"))
    .with_for_update()
)
_ELSEWHERE = Statement(
    select(func.count())
    .select_from(MEMBER)
    .where(
        MEMBER.c.organisation_id == p("organisation_id"),
        MEMBER.c.person_id == p("person_id"),
        MEMBER.c.group_id != p("group_id"),
        MEMBER.c.left_at.is_(None),
    )
)
_GROUPS_OF = Statement(
    select(MEMBER.c.group_id)
    .where(
        MEMBER.c.organisation_id == p("organisation_id"),
        MEMBER.c.person_id == p("person_id"),
        MEMBER.c.left_at.is_(None),
    )
    .order_by(MEMBER.c.group_id)
)
_BY_BALLOT = Statement(
    select(*MEMBER.columns).where(
        MEMBER.c.organisation_id == p("organisation_id"),
        MEMBER.c.ballot_id == p("ballot_id"),
        MEMBER.c.person_id.is_not(None),
    )
)
_IS_IN = Statement(
    select(text("1")).where(
        MEMBER.c.organisation_id == p("organisation_id"),
        MEMBER.c.group_id == p("group_id"),
        MEMBER.c.id == p("id_"),
        MEMBER.c.left_at.is_(None),
    )
)
_SIGN = Statement(
    insert(DECLARATION)
    .values({column.name: p(column.name) for column in DECLARATION.columns})
    .on_conflict_do_nothing(constraint="uq_declaration_generation")
)
_GET_SIGNED = Statement(
    select(*DECLARATION.columns).where(
        DECLARATION.c.organisation_id == p("organisation_id"),
        DECLARATION.c.group_id == p("group_id"),
        DECLARATION.c.generation == p("generation"),
        DECLARATION.c.membership_id == p("membership_id"),
    )
)
__all__ = ["GENERATION", "PLACEMENT", "REGISTRATION"]


@dataclass(slots=True)
class PostgresPlacements:
    """See `services.ports.repositories.Placements`."""

    work: Work

    async def add(self, placement: Placement) -> None:
        await _ADD_PLACEMENT.run(self.work.connection, **_PLACEMENTS.to_values(placement))

    async def lock(self, placement: PlacementId) -> Placement:
        row = await _LOCK_PLACEMENT.row(self.work.connection, **self.work.scope(id_=placement))
        if row is None:
            raise PlacementNotFound
        return _PLACEMENTS.to_entity(row)

    async def save(self, placement: Placement) -> None:
        values = _PLACEMENTS.to_values(placement)
        await _SAVE_PLACEMENT.run(
            self.work.connection, key_org=placement.organisation_id, key_id=placement.id, **values
        )

    async def group_of(self, placement: PlacementId, person: PersonId | None) -> GroupId:
        row = await _GROUP_OF_PLACEMENT.row(
            self.work.connection, organisation_id=self.work.organisation, id_=placement
        )
        if row is None or (person is not None and row["person_id"] != person):
            raise PlacementNotFound
        return GroupId(row["group_id"])


@dataclass(slots=True)
class PostgresMemberships:
    """See `services.ports.repositories.Memberships`."""

    work: Work

    async def add(self, membership: Membership) -> None:
        verdict = None if membership.ballot_id is None else "adopted"
        values = _MEMBERSHIPS.to_values(
            membership, ballot_verdict=verdict, excluded_by=None, excluded_verdict=None
        )
        await _ADD_MEMBERSHIP.run(self.work.connection, **values)

    async def get_own(self, group: GroupId, person: PersonId) -> Membership:
        row = await _OWN.row(
            self.work.connection, organisation_id=self.work.organisation, group_id=group, person_id=person
        )
        if row is None:
            raise GroupNotFound
        return _MEMBERSHIPS.to_entity(row)

    async def save(self, membership: Membership) -> None:
        await _SAVE_MEMBERSHIP.run(
            self.work.connection,
            key_org=membership.organisation_id,
            key_id=membership.id,
            left_at=membership.left_at,
            alias=membership.alias,
        )

    async def has_left(self, group: GroupId, person: PersonId) -> bool:
        found = await _HAS_LEFT.value(
            self.work.connection, organisation_id=self.work.organisation, group_id=group, person_id=person
        )
        return found is not None

    async def elsewhere(self, person: PersonId, group: GroupId) -> int:
        organisation = self.work.organisation
        await _LOCK_REGISTRATION.row(self.work.connection, organisation_id=organisation, person_id=person)
        count: int = await _ELSEWHERE.value(
            self.work.connection, organisation_id=organisation, person_id=person, group_id=group
        )
        return count

    async def groups_of(self, person: PersonId) -> list[GroupId]:
        rows = await _GROUPS_OF.fetch(
            self.work.connection, organisation_id=self.work.organisation, person_id=person
        )
        return [GroupId(row["group_id"]) for row in rows]

    async def by_ballot(self, ballot: BallotId) -> Membership | None:
        row = await _BY_BALLOT.row(
            self.work.connection, organisation_id=self.work.organisation, ballot_id=ballot
        )
        return None if row is None else _MEMBERSHIPS.to_entity(row)

    async def is_in(self, group: GroupId, membership: MembershipId) -> bool:
        found = await _IS_IN.value(
            self.work.connection, organisation_id=self.work.organisation, group_id=group, id_=membership
        )
        return found is not None


@dataclass(slots=True)
class PostgresDeclarations:
    """See `services.ports.repositories.Declarations`."""

    work: Work

    async def add(self, declaration: Declaration) -> bool:
        signer = self.work.person or NOBODY  # who types a name types their own
        values = _DECLARATIONS.to_sealed(self.work.vault, PersonId(signer), declaration)
        return await _SIGN.run(self.work.connection, **values) == 1

    async def get(self, group: GroupId, generation: int, membership: MembershipId) -> Declaration:
        row = await _GET_SIGNED.row(
            self.work.connection,
            organisation_id=self.work.organisation,
            group_id=group,
            generation=generation,
            membership_id=membership,
        )
        assert row is not None
        return _DECLARATIONS.to_opened(self.work.vault, row)
