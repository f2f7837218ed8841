"""What a group settles for itself, and for nobody else."""

from app.api.shared.operations.operation import Operation
from app.domain.groups.errors import DeclarationNeeded, GroupHasEnded, GroupNotFound
from app.services.groups.drop_end_date import DropEndDate
from app.services.groups.views import GroupView

_GROUP = "/v1/groups/{group_id}"
OPERATIONS = (
    Operation(
        name="drop_end_date",
        feature="groups",
        use=lambda services: services.groups.drop_end_date,
        use_case=DropEndDate,
        method="DELETE",
        path=f"{_GROUP}/end-date",
        gives=GroupView,
        refuses=(GroupNotFound, DeclarationNeeded, GroupHasEnded),
    ),
)
