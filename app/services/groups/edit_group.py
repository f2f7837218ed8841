"""Change how a forming group is described."""

from dataclasses import dataclass

from app.domain.groups.composition import Composition
from app.domain.groups.convening import StandsAlone
from app.domain.groups.group import Form, Origin
from app.domain.shared.actor import Actor
from app.domain.shared.errors import Stale
from app.domain.shared.ids import GroupId, organisation_of
from app.services.groups.places import require_editor
from app.services.groups.ports import GroupsUnitOfWork
from app.services.groups.views import GroupView
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class EditGroup:
    """Change theme, form, area or language: whoever composes the group while it forms, afterwards its members (G-17).

    The composition and, while it forms, whether a starter helps stay as they are where they are left out.
    """

    transact: Transact[GroupsUnitOfWork]

    async def __call__(
        self,
        actor: Actor,
        group_id: GroupId,
        version: int,
        form: Form,
        area: str,
        language: str,
        theme: str | None = None,
        composition: Composition | None = None,
        starter_helps: bool | None = None,
    ) -> GroupView:
        person = actor.person_id

        async def work(tx: GroupsUnitOfWork) -> GroupView:
            seen = await tx.standings.lock(group_id, person)
            await require_editor(tx, seen)
            group = seen.group
            if group.version != version:
                raise Stale
            group.theme, group.form, group.area, group.language = theme, form, area, language
            if starter_helps is not None:
                group.require_forming(tx.now)
                if starter_helps and group.origin is Origin.STAND_ALONE:
                    raise StandsAlone
                group.starter_helps = starter_helps
            if composition is not None:
                settings = (await tx.policies.holding(tx.now)).settings
                group.state_composition(composition, settings.open_from_age)
            await tx.groups.save(group)
            return GroupView.of(await tx.group_reads.page(group_id, person), tx.now)

        return await self.transact.write(actor, organisation_of(group_id), work, answer=GroupView)
