"""Change how a forming group is described."""

from dataclasses import dataclass

from app.domain.groups.errors import GroupIsClosed, GroupNotFound
from app.domain.groups.group import Form
from app.domain.groups.standing import Standing
from app.domain.shared.actor import Actor
from app.domain.shared.errors import Stale
from app.domain.shared.ids import GroupId, organisation_of
from app.services.groups.ports import GroupsUnitOfWork
from app.services.groups.views import GroupView
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class EditGroup:
    """Change theme, form, area or language: the coordinator while the group forms, afterwards its members (G-17)."""

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
    ) -> GroupView:
        person = actor.person_id

        async def work(tx: GroupsUnitOfWork) -> GroupView:
            seen = await tx.standings.lock(group_id, person)
            _require_editor(seen.standing, closed=seen.group.is_closed(tx.now))
            group = seen.group
            if group.version != version:
                raise Stale
            group.theme, group.form, group.area, group.language = theme, form, area, language
            await tx.groups.save(group)
            return GroupView.of(await tx.group_reads.page(group_id, person), tx.now)

        return await self.transact.write(actor, organisation_of(group_id), work, answer=GroupView)


def _require_editor(standing: Standing, *, closed: bool) -> None:
    """Before the first meeting whoever composes it; from then on the group itself, each member alike (G-03)."""
    if closed and standing is Standing.COORDINATOR:
        raise GroupIsClosed
    if standing is not (Standing.MEMBER if closed else Standing.COORDINATOR):
        raise GroupNotFound
