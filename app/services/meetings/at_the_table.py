"""Who may look at, and change, what belongs to a meeting: its group, and nobody else."""

from collections.abc import Sequence

from app.domain.groups.errors import DeclarationNeeded, GroupNotFound
from app.domain.groups.ground_rules import Agreement
from app.domain.groups.standing import Standing
from app.domain.meetings.agenda import Chosen, Item
from app.domain.meetings.errors import MeetingNotFound, OnlyMembersPlan
from app.domain.meetings.meeting import kind_of
from app.domain.shared.ids import MeetingId, PersonId
from app.services.meetings.ports import MeetingsUnitOfWork
from app.services.meetings.table_views import MeetingAgendaItemView, MeetingAgendaView
from app.services.meetings.views import MeetingFacts
from app.services.ports.repositories import Seen
from app.services.ports.texts import Words

FIRST_VERSION = 1
"""Version of an agenda that nobody has arranged yet."""


async def at_the_table(
    tx: MeetingsUnitOfWork, meeting: MeetingId, person: PersonId, *, unsigned_too: bool = False
) -> tuple[MeetingFacts, Seen]:
    """A meeting of one's own group. To outsiders, staff included, it isn't there."""
    facts = await tx.meeting_reads.one(meeting)
    try:
        seen = await tx.standings.look(facts.meeting.group_id, person)
    except GroupNotFound:
        raise MeetingNotFound from None
    if seen.standing is Standing.UNSIGNED and not unsigned_too:
        raise DeclarationNeeded
    if seen.standing not in (Standing.MEMBER, Standing.UNSIGNED):
        raise MeetingNotFound
    return facts, seen


async def agreed_by(tx: MeetingsUnitOfWork, seen: Seen) -> Agreement | None:
    """What the group's ground rules say, for its members; nobody else ever sees them (G-15)."""
    rules = seen.group.rules
    if seen.standing is not Standing.MEMBER or rules is None:
        return None
    found = await tx.ground_rules.find(rules.id)
    return None if found is None else found.agreement


def require_members(standing: Standing) -> None:
    """Refuse whoever isn't a member where the members arrange something (M-06)."""
    if standing is Standing.COORDINATOR:
        raise OnlyMembersPlan
    if standing is Standing.UNSIGNED:
        raise DeclarationNeeded
    if standing is not Standing.MEMBER:
        raise MeetingNotFound


def is_of_now(facts: MeetingFacts, seen: Seen) -> bool:
    """Whether the people who are the group now are those who meet there."""
    return facts.generation == seen.group.generation


async def agenda_view(
    tx: MeetingsUnitOfWork,
    facts: MeetingFacts,
    items: Sequence[Chosen],
    proposed: Sequence[Item],
    words: Words,
    language: str,
    *,
    arranged: bool,
    version: int,
) -> MeetingAgendaView:
    """An agenda in the reader's words."""
    ours = {item.key: item for item in proposed}
    around = await tx.meeting_reads.surroundings(facts.meeting.id)
    return MeetingAgendaView(
        meeting_id=facts.meeting.id,
        kind=kind_of(facts.position, facts.generation, facts.first_of_generation, facts.starter),
        items=[_item(item, ours, words, language) for item in items],
        minutes=sum(item.minutes for item in items),
        arranged=arranged,
        next_meeting_at=around.next_at,
        version=version,
    )


def _item(chosen: Chosen, ours: dict[str, Item], words: Words, language: str) -> MeetingAgendaItemView:
    if chosen.key is None:
        return MeetingAgendaItemView(
            key=None,
            title=chosen.title or "",
            text=None,
            minutes=chosen.minutes,
            rules=[],
            sources=[],
            removable=True,
        )
    item = ours[chosen.key]
    return MeetingAgendaItemView(
        key=item.key,
        title=words.say("agendas", f"items.{item.key}.title", language),
        text=words.say("agendas", f"items.{item.key}.text", language),
        minutes=chosen.minutes,
        rules=list(item.rules),
        sources=[words.say("agendas", f"sources.{source}.name", language) for source in item.sources],
        removable=item.removable,
    )
