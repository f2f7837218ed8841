"""Who has looked at what is held about oneself."""

from app.api.shared.operations.operation import Operation, Shape
from app.services.people.access_views import AccessView
from app.services.people.list_my_accesses import ListMyAccesses

OPERATIONS = (
    Operation(
        name="list_my_accesses",
        feature="people",
        use=lambda services: services.people.list_my_accesses,
        use_case=ListMyAccesses,
        method="GET",
        path="/v1/me/access-log",
        gives=AccessView,
        shape=Shape.PAGE,
    ),
)
