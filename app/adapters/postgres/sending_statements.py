"""The statements of `adapters.postgres.sending`.

When something is due goes by the service's clock, which tests may move; who has taken it, by the real one.
"""

from sqlalchemy import (
    ARRAY,
    Boolean,
    DateTime,
    Interval,
    Uuid,
    and_,
    exists,
    func,
    literal_column,
    or_,
    select,
    update,
)

from app.adapters.postgres.repositories.webhooks import (
    DELIVERY,
    DUE,
    FEED,
    IS_FIRST,
    KIND,
    STILL,
    WAITING,
    WEBHOOK,
)
from app.adapters.postgres.statements import Statement, p, service_clock

_INSTANT = DateTime(timezone=True)
_REAL = func.clock_timestamp()
_HELD_UNTIL = _REAL + p("hold", Interval)
_FREE = or_(DUE.c.taken_until.is_(None), DUE.c.taken_until <= _REAL)
_PICKED = (
    select(DUE.c.organisation_id, DUE.c.subject)
    .where(DUE.c.kind == KIND, DUE.c.due_at <= service_clock(), _FREE)
    .order_by(DUE.c.due_at)
    .limit(p("most"))
    .with_for_update(skip_locked=True)
    .cte("picked")
)
TAKE = Statement(
    update(DUE)
    .where(
        DUE.c.kind == KIND,
        DUE.c.organisation_id == _PICKED.c.organisation_id,
        DUE.c.subject == _PICKED.c.subject,
    )
    .values(taken_until=_HELD_UNTIL)
    .returning(DUE.c.organisation_id, DUE.c.subject, DUE.c.taken_until)
)
_MINE = and_(
    DUE.c.organisation_id == p("organisation_id"),
    DUE.c.kind == KIND,
    DUE.c.subject == p("subject"),
    DUE.c.taken_until == p("until", _INSTANT),
)
HOLD = Statement(update(DUE).where(_MINE).values(taken_until=_HELD_UNTIL).returning(DUE.c.taken_until))
MINE = Statement(select(DUE.c.subject).where(_MINE).with_for_update())
PUT_BACK = Statement(
    update(DUE)
    .where(
        DUE.c.organisation_id == p("of_organisation_id"),
        DUE.c.kind == KIND,
        DUE.c.subject == p("of_subject"),
        DUE.c.taken_until == p("of_until", _INSTANT),
    )
    .values(due_at=p("at", _INSTANT), taken_until=None, waiting_since=p("since", _INSTANT))
)
WAITING_SINCE = Statement(select(func.min(DUE.c.waiting_since)).where(DUE.c.kind == KIND))
CLOCK = Statement(select(service_clock()))

HAPPENED = Statement(
    select(FEED.c.position, FEED.c.id, FEED.c.type, FEED.c.subject, FEED.c.ids, FEED.c.occurred_at)
    .where(FEED.c.organisation_id == p("organisation_id"), FEED.c.position > p("position"))
    .order_by(FEED.c.position)
    .limit(p("limit"))
)
_OF_IT = and_(DELIVERY.c.organisation_id == p("organisation_id"), DELIVERY.c.webhook_id == p("webhook"))
_THIS = and_(WEBHOOK.c.organisation_id == p("organisation_id"), WEBHOOK.c.id == p("webhook"))
WAIT = Statement(
    select(DELIVERY.c.subject)
    .distinct()
    .where(_OF_IT, WAITING, DELIVERY.c.subject == func.any(p("subjects", ARRAY(Uuid))))
)
MOVE = Statement(update(WEBHOOK).where(_THIS).values(position=p("position")))
STANDING = ("failing_since", "disabled_at", "disabled_because", "warned_at")
STANDS = Statement(update(WEBHOOK).where(_THIS).values({name: p(name) for name in STANDING}))
FIRST = Statement(
    select(*DELIVERY.columns)
    .where(_OF_IT, DELIVERY.c.next_at <= p("now", _INSTANT))
    .order_by(DELIVERY.c.next_at, DELIVERY.c.number)
    .limit(p("limit"))
)
ONE = Statement(select(*DELIVERY.columns).where(_OF_IT, DELIVERY.c.event_id == p("event")))
CHANGED = ("state", "attempts", "next_at", "last_at", "status", "fault", "ended_at", "put_off_seconds")
SAVE = Statement(
    update(DELIVERY)
    .where(_OF_IT, DELIVERY.c.event_id == p("event"))
    .values({name: p(f"new_{name}") for name in CHANGED})
)
_LINE = DELIVERY.alias()
_FOLLOWING = (
    select(_LINE.c.event_id)
    .where(
        _LINE.c.organisation_id == p("organisation_id"),
        _LINE.c.webhook_id == p("webhook"),
        _LINE.c.subject == p("subject"),
        _LINE.c.state == STILL,
    )
    .order_by(_LINE.c.number)
    .limit(1)
    .scalar_subquery()
)
_GOES = func.coalesce(DELIVERY.c.next_at, p("now", _INSTANT))
NEXT = Statement(update(DELIVERY).where(_OF_IT, DELIVERY.c.event_id == _FOLLOWING).values(next_at=_GOES))
# What the retention has taken away in front of others would hold them for ever.
MEND = Statement(
    update(DELIVERY)
    .where(_OF_IT, WAITING, DELIVERY.c.next_at.is_(None), IS_FIRST)
    .values(next_at=p("now", _INSTANT))
)
_MORE = exists().where(
    FEED.c.organisation_id == p("organisation_id"), FEED.c.position > p("position", FEED.c.position.type)
)
STATE = Statement(
    select(
        func.min(DELIVERY.c.next_at).label("next_at"),
        func.min(DELIVERY.c.made_at).label("since"),
        func.coalesce(_MORE, literal_column("false", Boolean)).label("has_more"),
    ).where(_OF_IT, WAITING)
)
