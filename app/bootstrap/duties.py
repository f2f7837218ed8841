"""What the worker does: a line for each duty. Whoever adds one adds a line."""

import logging
from datetime import timedelta

from app.adapters.delivery.deliver import DeliverWebhooks
from app.services.admission.count_due import CountDueBallots
from app.services.admission.sweep_keys import SweepKeys
from app.services.keeping.retaining import Retain
from app.services.messages.send_due_messages import SendDueMessages
from app.services.ports.duty import Duty

log = logging.getLogger("verksted.worker")


def duties(
    count_due: CountDueBallots,
    sweep: SweepKeys,
    retain: Retain,
    send: SendDueMessages | None,
    deliver: DeliverWebhooks,
) -> tuple[Duty, ...]:
    """All of them; messages are sent where something carries them."""

    async def apply_retention() -> bool:
        ended = await retain.run()
        left = sum(each.left for each in ended)
        if left:
            log.warning(
                "worker: %d rows are past their time and still there; `verksted retention plan`", left
            )
        return False

    async def sweep_keys() -> bool:
        await sweep()
        return False

    return (
        Duty(
            name="deliver_webhooks",
            every=timedelta(seconds=1),
            run_once=deliver,
            alone=False,
            stop=deliver.stop,
            figures=deliver.figures,
        ),
        Duty(name="count_due_ballots", every=timedelta(minutes=1), run_once=count_due),
        Duty(name="sweep_ballot_keys", every=timedelta(hours=1), run_once=sweep_keys),
        Duty(name="apply_retention", every=timedelta(days=1), run_once=apply_retention),
        *([] if send is None else [_sending(send)]),
    )


def _sending(send: SendDueMessages) -> Duty:
    # Every worker does it: each takes other people, and each message has a guard of its own.
    return Duty(name="send_messages", every=timedelta(seconds=20), run_once=send.run_once, alone=False)
