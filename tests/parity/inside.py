"""The operations that have a group in them, by the names in their paths; a new name is taken for one of a group's."""

from app.api.shared.operations import ALL, Operation

OUTSIDE = {
    "organisation_id", "person_id", "role", "assessment_id", "course_id", "milestone", "sign_up_id", "country", "rule_id",
    "consent_id", "purpose", "kind", "system_id", "message_kind", "message_id", "own_id", "import_id", "webhook_id",
    "event_id",
}  # fmt: skip
"""What lies outside any group."""
_MINE = [operation for operation in ALL if f"{operation.path}/".startswith("/v1/me/")]
INSIDE: list[Operation] = [
    operation for operation in ALL if set(operation.path_names) - OUTSIDE and operation not in _MINE
]
MINE: list[Operation] = [operation for operation in _MINE if operation.is_query and not operation.path_names]
"""What people read of their own."""
