"""Look at the next meetings of several groups at once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from app.domain.groups.standing import SEES_MEETINGS, Standing
from app.domain.shared.actor import Actor
from app.domain.shared.ids import GroupId, organisation_of
from app.services.meetings.ports import MeetingsUnitOfWork
from app.services.meetings.seeing import may_see
from app.services.meetings.views import MeetingView
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class ListUpcoming:
    """See the next meetings of several of your groups; what isn't yours has none. For relations that are loaded in
    batches: the number of statements doesn't grow with the number of groups."""

    transact: Transact[MeetingsUnitOfWork]

    async def __call__(
        self, actor: Actor, group_ids: Sequence[GroupId], limit: int = 5
    ) -> dict[GroupId, list[MeetingView]]:
        person = actor.person_id
        found: dict[GroupId, list[MeetingView]] = {group: [] for group in group_ids}
        ordered = sorted(group_ids, key=organisation_of)
        for organisation, groups in groupby(ordered, key=organisation_of):
            wanted = list(groups)

            async def work(
                tx: MeetingsUnitOfWork, wanted: list[GroupId] = wanted
            ) -> dict[GroupId, list[MeetingView]]:
                seen = await tx.meeting_reads.standings(wanted, person)
                standings = {group: each.standing for group, each in seen.items()}
                shielded = [group for group, each in seen.items() if each.group.shields_place]
                found = await self.among(tx, standings, limit, shielded)
                return {
                    group: [view for view in views if may_see(seen[group], view.starts_at)]
                    for group, views in found.items()
                }

            found |= await self.transact.read(actor, organisation, work)
        return found

    @staticmethod
    async def among(
        tx: MeetingsUnitOfWork,
        standings: Mapping[GroupId, Standing],
        limit: int,
        shielded: Collection[GroupId],
    ) -> dict[GroupId, list[MeetingView]]:
        """The same where somebody's standings to the groups of a transaction are known already, and which of the groups
        shield their place."""
        found: dict[GroupId, list[MeetingView]] = {
            group: [] for group, standing in standings.items() if standing in SEES_MEETINGS
        }
        for facts in await tx.meeting_reads.upcoming(list(found), limit) if found else ():
            group = facts.meeting.group_id
            found[group].append(MeetingView.of(facts, standings[group], tx.now, shielded=group in shielded))
        return found
