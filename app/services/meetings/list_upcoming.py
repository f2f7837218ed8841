"""Look at the next meetings of several groups at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from app.domain.groups.standing import Standing
from app.domain.shared.actor import Actor
from app.domain.shared.ids import GroupId, organisation_of
from app.services.meetings.ports import MeetingsUnitOfWork
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
                standings = await tx.meeting_reads.standings(wanted, person)
                upcoming = await tx.meeting_reads.upcoming(list(standings), limit)
                return {
                    group: [
                        MeetingView.of(facts, standings[group], tx.now)
                        for facts in upcoming
                        if facts.meeting.group_id == group
                    ]
                    for group in standings
                    if standings[group] in (Standing.MEMBER, Standing.UNSIGNED)
                }

            found |= await self.transact.read(actor, organisation, work)
        return found
