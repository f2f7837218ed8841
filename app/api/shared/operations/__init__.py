"""What people can do, told once for both ways in: each operation's name, its use case, what it takes and gives, and
what it may refuse. REST routes and GraphQL fields are made from this table, so that they can't drift apart."""

from app.api.shared.operations import (
    access_log,
    admission,
    announcements,
    assessments,
    at_the_table,
    ballots,
    beside_assessments,
    calendars,
    consents,
    courses,
    events,
    forming,
    groups,
    guidance,
    intake,
    interests,
    keeping,
    meetings,
    messages,
    organisations,
    own_affairs,
    people,
    places,
    series,
    starters,
    statistics,
    systems,
    volunteers,
    webhooks,
)
from app.api.shared.operations.operation import Operation

ALL: tuple[Operation, ...] = (
    *people.OPERATIONS,
    *consents.OPERATIONS,
    *messages.OPERATIONS,
    *keeping.OPERATIONS,
    *organisations.OPERATIONS,
    *interests.OPERATIONS,
    *intake.OPERATIONS,
    *assessments.OPERATIONS,
    *beside_assessments.OPERATIONS,
    *groups.OPERATIONS,
    *places.OPERATIONS,
    *forming.OPERATIONS,
    *own_affairs.OPERATIONS,
    *meetings.OPERATIONS,
    *calendars.OPERATIONS,
    *starters.OPERATIONS,
    *series.OPERATIONS,
    *at_the_table.OPERATIONS,
    *admission.OPERATIONS,
    *courses.OPERATIONS,
    *announcements.OPERATIONS,
    *events.OPERATIONS,
    *webhooks.OPERATIONS,
    *ballots.OPERATIONS,
    *guidance.OPERATIONS,
    *volunteers.OPERATIONS,
    *systems.OPERATIONS,
    *statistics.OPERATIONS,
    *access_log.OPERATIONS,
)

SENT_ONCE: tuple[Operation, ...] = tuple(
    operation for operation in ALL if operation.method == "POST" and not operation.idempotent_by_key
)
"""Those that honour no `Idempotency-Key`: whoever gets no answer looks before sending again."""

__all__ = ["ALL", "SENT_ONCE", "Operation"]
