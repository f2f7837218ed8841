"""Webhooks: where events are sent, and how it goes."""

from typing import Annotated

from pydantic import Field

from app.api.shared.operations.operation import Operation, Shape
from app.api.shared.strict_model import Line, OneOf, StrictModel, Uuid
from app.domain.events.addresses import LONGEST
from app.domain.events.delivery import DeliveryState
from app.domain.events.errors import (
    DeliveryNotFound,
    DeliveryUnderWay,
    EventTypeNotTold,
    EventTypeUnknown,
    TooManySecrets,
    TooManyWebhooks,
    WebhookAddressRefused,
    WebhookDisabled,
    WebhookEnded,
    WebhookKnown,
    WebhookNotFound,
    WebhookResting,
)
from app.domain.events.webhook import LONGEST_OVERLAP
from app.domain.organisations.organisation import NotStaff
from app.domain.people.national_id import NationalIdInWords
from app.domain.shared.assurance import Assurance
from app.domain.systems.account import SystemScope
from app.domain.systems.errors import SystemNotFound
from app.services.events.change_webhook import ChangeWebhook
from app.services.events.list_deliveries import ListDeliveries
from app.services.events.list_webhooks import ListWebhooks
from app.services.events.read_webhook import ReadWebhook
from app.services.events.redeliver_event import RedeliverEvent
from app.services.events.register_webhook import RegisterWebhook
from app.services.events.remove_webhook import RemoveWebhook
from app.services.events.resume_webhook import ResumeWebhook
from app.services.events.rotate_webhook_secret import RotateWebhookSecret
from app.services.events.try_webhook import TryWebhook
from app.services.events.webhook_views import DeliveryView, WebhookSecretView, WebhookView

_OF_ORGANISATION = "/v1/organisations/{organisation_id}/webhooks"
_WEBHOOK = "/v1/webhooks/{webhook_id}"
EventTypeName = Annotated[str, Field(pattern=r"^[a-z_]+(\.[a-z_]+)+$", max_length=80)]


class ChangeWebhookIn(StrictModel):
    """Where events are sent, and which."""

    url: Annotated[
        str,
        Field(
            min_length=1,
            max_length=LONGEST,
            description="An https address that everybody could reach; no login and no fragment in it.",
        ),
    ]
    purpose: Annotated[Line, Field(max_length=300, description="What it is for, in a sentence.")]
    types: Annotated[
        list[EventTypeName],
        Field(max_length=60, description="Only these types; none: all that whoever it is for may know of."),
    ] = Field(default_factory=list)


class RegisterWebhookIn(ChangeWebhookIn):
    """A webhook: for a system of yours, or for the organisation's administrators."""

    system_id: Annotated[
        Uuid | None,
        Field(
            description="The system's account that it is for; default: the administrators. A system: its own."
        ),
    ] = None


class RotateWebhookSecretIn(StrictModel):
    """How long the secret before is signed with, too."""

    overlap_hours: Annotated[
        int | None,
        Field(
            ge=0,
            le=int(LONGEST_OVERLAP.total_seconds() // 3600),
            description="Hours in which events are signed with the earlier secret, too; default: 24. 0: all"
            " earlier ones end at once.",
        ),
    ] = None


class DeliveriesFilter(StrictModel):
    """Which deliveries."""

    state: Annotated[OneOf[DeliveryState] | None, Field(description="Only those that stand so.")] = None


OPERATIONS = (
    Operation(
        name="register_webhook",
        feature="events",
        use=lambda services: services.events.register_webhook,
        use_case=RegisterWebhook,
        method="POST",
        path=_OF_ORGANISATION,
        gives=WebhookSecretView,
        takes=RegisterWebhookIn,
        status=201,
        refuses=(
            NotStaff,
            SystemNotFound,
            EventTypeUnknown,
            EventTypeNotTold,
            WebhookAddressRefused,
            WebhookKnown,
            NationalIdInWords,
            TooManyWebhooks,
        ),
        assurance=Assurance.SUBSTANTIAL,
        scope=SystemScope.WEBHOOKS_WRITE,
    ),
    Operation(
        name="list_webhooks",
        feature="events",
        use=lambda services: services.events.list_webhooks,
        use_case=ListWebhooks,
        method="GET",
        path=_OF_ORGANISATION,
        gives=WebhookView,
        shape=Shape.LIST,
        refuses=(NotStaff,),
        scope=SystemScope.WEBHOOKS_WRITE,
    ),
    Operation(
        name="read_webhook",
        feature="events",
        use=lambda services: services.events.read_webhook,
        use_case=ReadWebhook,
        method="GET",
        path=_WEBHOOK,
        gives=WebhookView,
        refuses=(WebhookNotFound,),
        scope=SystemScope.WEBHOOKS_WRITE,
    ),
    Operation(
        name="change_webhook",
        feature="events",
        use=lambda services: services.events.change_webhook,
        use_case=ChangeWebhook,
        method="PUT",
        path=_WEBHOOK,
        gives=WebhookView,
        takes=ChangeWebhookIn,
        refuses=(
            WebhookNotFound,
            WebhookEnded,
            EventTypeUnknown,
            EventTypeNotTold,
            WebhookAddressRefused,
            WebhookKnown,
            NationalIdInWords,
        ),
        read_before="read_webhook",
        assurance=Assurance.SUBSTANTIAL,
        scope=SystemScope.WEBHOOKS_WRITE,
    ),
    Operation(
        name="rotate_webhook_secret",
        feature="events",
        use=lambda services: services.events.rotate_webhook_secret,
        use_case=RotateWebhookSecret,
        method="POST",
        path=f"{_WEBHOOK}/secret",
        gives=WebhookSecretView,
        takes=RotateWebhookSecretIn,
        body_optional=True,
        refuses=(WebhookNotFound, WebhookEnded, TooManySecrets),
        assurance=Assurance.SUBSTANTIAL,
        scope=SystemScope.WEBHOOKS_WRITE,
    ),
    Operation(
        name="remove_webhook",
        feature="events",
        use=lambda services: services.events.remove_webhook,
        use_case=RemoveWebhook,
        method="DELETE",
        path=_WEBHOOK,
        gives=WebhookView,
        shape=Shape.NOTHING,
        status=204,
        refuses=(WebhookNotFound,),
        scope=SystemScope.WEBHOOKS_WRITE,
    ),
    Operation(
        name="try_webhook",
        feature="events",
        use=lambda services: services.events.try_webhook,
        use_case=TryWebhook,
        method="POST",
        path=f"{_WEBHOOK}/test",
        gives=DeliveryView,
        status=201,
        refuses=(WebhookNotFound, WebhookDisabled, WebhookResting, WebhookEnded),
        idempotent_by_key=True,
        scope=SystemScope.WEBHOOKS_WRITE,
    ),
    Operation(
        name="list_deliveries",
        feature="events",
        use=lambda services: services.events.list_deliveries,
        use_case=ListDeliveries,
        method="GET",
        path=f"{_WEBHOOK}/deliveries",
        gives=DeliveryView,
        shape=Shape.PAGE,
        filters=DeliveriesFilter,
        refuses=(WebhookNotFound,),
        scope=SystemScope.WEBHOOKS_WRITE,
    ),
    Operation(
        name="redeliver_event",
        feature="events",
        use=lambda services: services.events.redeliver_event,
        use_case=RedeliverEvent,
        method="POST",
        path=f"{_WEBHOOK}/deliveries/{{event_id}}/redelivery",
        gives=DeliveryView,
        refuses=(
            WebhookNotFound,
            WebhookDisabled,
            WebhookResting,
            WebhookEnded,
            DeliveryNotFound,
            DeliveryUnderWay,
        ),
        idempotent_by_key=True,
        scope=SystemScope.WEBHOOKS_WRITE,
    ),
    Operation(
        name="resume_webhook",
        feature="events",
        use=lambda services: services.events.resume_webhook,
        use_case=ResumeWebhook,
        method="POST",
        path=f"{_WEBHOOK}/resumption",
        gives=WebhookView,
        refuses=(WebhookNotFound, WebhookEnded),
        idempotent_by_key=True,
        scope=SystemScope.WEBHOOKS_WRITE,
    ),
)
