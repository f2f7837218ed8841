"""The statements that end what is past its time: some rows at once, or one row as whose it is."""

from __future__ import annotations

from sqlalchemy import and_, delete, null, select, tuple_, update

from app.adapters.postgres.retention_rules import BALLOT, NOBODYS_WORD, OUTCOME, WORDS, Rule, T, after, here
from app.adapters.postgres.statements import Statement, p
from app.domain.keeping.retention import Kept

_LONG_AGO = and_(
    T["idempotency"].c.person_id == p("person_id"),
    after(Kept.KEPT_ANSWER, T["idempotency"].c.created_at),
)
FORGET_ANSWERS = Statement(delete(T["idempotency"]).where(_LONG_AGO))
REGISTERED = Statement(
    select(T["registration"].c.person_id)
    .where(here(T["registration"]))
    .order_by(T["registration"].c.person_id)
)


def deleting(rule: Rule) -> Statement:
    """Delete some of them."""
    table = T[rule.table]
    key = list(table.primary_key.columns)
    return Statement(delete(table).where(here(table), tuple_(*key).in_(rule.some(*key))))


def emptying(rule: Rule) -> Statement:
    """Take the words out of some of them; a word stands in the place of one that has to be there."""
    table = T[rule.table]
    some = rule.some(table.c.id).scalar_subquery()
    words = {name: null() for name in WORDS} | {"introduction": NOBODYS_WORD}
    return Statement(update(table).where(here(table), table.c.id.in_(some)).values(**words))


WHO = {
    "membership": "person_id",
    "placement": "person_id",
    "application": "applicant_id",
    "starter_assignment": "person_id",
}
"""The column by which each of these leads to somebody."""


def looking(rule: Rule) -> Statement:
    """Some of them, with whose they are."""
    table = T[rule.table]
    return Statement(rule.some(table.c.id, table.c[WHO[rule.table]].label("person")))


def unlinking(rule: Rule) -> tuple[Statement, ...]:
    """What ends that one row is somebody's: children first."""
    table = T[rule.table]
    row = Statement(
        update(table)
        .where(here(table), table.c.id == p("row_id"))
        .values({WHO[rule.table]: null()} | ({"alias": NOBODYS_WORD} if "alias" in table.c else {}))
    )
    if rule.table != "application":
        return (row,)
    about = select(BALLOT.c.id).where(here(BALLOT), BALLOT.c.application_id == p("row_id"))
    return (
        Statement(
            update(OUTCOME)
            .where(here(OUTCOME), OUTCOME.c.ballot_id.in_(about))
            .values(applicant_id=null(), offer_expires_at=null())
        ),
        Statement(
            update(BALLOT)
            .where(here(BALLOT), BALLOT.c.application_id == p("row_id"))
            .values(applicant_id=null())
        ),
        row,
    )
