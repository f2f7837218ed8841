"""Relations of objects that only GraphQL has: loaded in batches, or together with their owners (look-ahead)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import strawberry
from graphql import FieldNode, FragmentDefinitionNode, FragmentSpreadNode, GraphQLResolveInfo, SelectionNode
from strawberry.types import Info
from strawberry.types.field import StrawberryField

from app.api.graphql.context import Context
from app.api.graphql.loaders import UPCOMING, Batch
from app.api.graphql.types import extend, output_type
from app.domain.shared.ids import GroupId
from app.services.groups.views import GroupView
from app.services.meetings.views import MeetingView

RELATION = "relation"
"""Where a field's metadata say which relation it shows."""
Ahead = Callable[[Context], dict[str, Any]]
"""Arguments that make a use case load a relation in its own transactions."""


@dataclass(frozen=True, slots=True, eq=False)
class Relation:
    """A list that many objects have."""

    name: str
    """Of its field in GraphQL."""
    batch: Callable[[Context], Batch[Any, Any]]
    key: Callable[[Any], Any]
    """The owner's key in the batch."""
    ahead: Mapping[str, Ahead] = field(default_factory=dict)
    """By the operation that can load it together with its owners."""

    def shown(self, view: type[Any], description: str) -> StrawberryField:
        """Its field, for the executor; plans (`plans.py`) read the batch themselves."""

        async def resolver(root: Any, info: Info[Context, None]) -> Any:
            return await self.batch(info.context).of(self.key(root))

        entry: Any = output_type(view)
        resolver.__annotations__ = {"root": Any, "info": Info, "return": list[entry]}
        made: StrawberryField = strawberry.field(
            resolver=resolver, description=description, metadata={RELATION: self}
        )
        return made


def looked_ahead(operation: str, info: Info[Context, None]) -> dict[str, Any]:
    """The arguments that load what is selected further down, as far as this operation can."""
    able = {relation.name: relation.ahead[operation] for relation in RELATIONS if operation in relation.ahead}
    if not able:
        return {}
    raw: GraphQLResolveInfo[Any] = info._raw_info
    found: dict[str, Any] = {}
    for name in able.keys() & _names(raw.field_nodes, raw.fragments, set()):
        found |= able[name](info.context)
    return found


def _names(
    nodes: Iterable[SelectionNode], fragments: Mapping[str, FragmentDefinitionNode], seen: set[str]
) -> set[str]:
    """The names of all fields below these. One that `@skip` leaves out is loaded for nothing, and shown nowhere."""
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, FieldNode):
            found.add(node.name.value)
        inner: Any = node
        if isinstance(node, FragmentSpreadNode):
            if node.name.value in seen:
                continue
            seen.add(node.name.value)
            inner = fragments[node.name.value]
        if inner.selection_set is not None:
            found |= _names(inner.selection_set.selections, fragments, seen)
    return found


def _meetings_with_groups(context: Context) -> dict[str, Any]:
    upcoming, among = context.loaders.upcoming_meetings, context.ways.services.meetings.list_upcoming.among

    async def also(tx: Any, groups: Sequence[GroupView]) -> None:
        upcoming.known |= await among(
            tx,
            {group.id: group.my_standing for group in groups},
            UPCOMING,
            # A group shows no area to whom it doesn't show its place either (P-h13).
            [group.id for group in groups if not group.area],
        )

    return {"also": also}


UPCOMING_MEETINGS = Relation(
    name="upcomingMeetings",
    batch=lambda context: context.loaders.upcoming_meetings,
    key=lambda group: GroupId(group.id),
    ahead={"list_my_groups": _meetings_with_groups},
)
RELATIONS = (UPCOMING_MEETINGS,)
extend(
    "GroupView",
    upcoming_meetings=UPCOMING_MEETINGS.shown(
        MeetingView, "The next five meetings, as far as you may see them."
    ),
)
