"""What people can do, told once for both ways in: each operation's name, its use case, what it takes and gives, and
what it may refuse. REST routes and GraphQL fields are made from this table, so that they can't drift apart."""

from app.api.shared.operations import (
    admission,
    assessments,
    at_the_table,
    ballots,
    courses,
    forming,
    groups,
    guidance,
    intake,
    interests,
    meetings,
    organisations,
    own_affairs,
    people,
    places,
    series,
    starters,
    volunteers,
)
from app.api.shared.operations.operation import Operation

ALL: tuple[Operation, ...] = (
    *people.OPERATIONS,
    *organisations.OPERATIONS,
    *interests.OPERATIONS,
    *intake.OPERATIONS,
    *assessments.OPERATIONS,
    *groups.OPERATIONS,
    *places.OPERATIONS,
    *forming.OPERATIONS,
    *own_affairs.OPERATIONS,
    *meetings.OPERATIONS,
    *starters.OPERATIONS,
    *series.OPERATIONS,
    *at_the_table.OPERATIONS,
    *admission.OPERATIONS,
    *courses.OPERATIONS,
    *ballots.OPERATIONS,
    *guidance.OPERATIONS,
    *volunteers.OPERATIONS,
)

__all__ = ["ALL", "Operation"]
