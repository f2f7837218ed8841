"""What is refused to whoever follows events."""

from app.domain.shared.errors import DomainError, Kind


class EventsForgotten(DomainError):
    """What has happened since this position isn't all there any more: begin anew, without `after`."""

    kind, code = Kind.GONE, "events.forgotten"


class EventTypeUnknown(DomainError):
    """There is no such type of event."""

    kind, code = Kind.INVALID, "events.type_unknown"


class EventTypeNotTold(DomainError):
    """A type of event that whoever follows, or whoever the webhook is for, may not know of, in any channel."""

    kind, code = Kind.INVALID, "events.type_not_told"


class WebhookAddressRefused(DomainError):
    """An address that nothing is sent to: not https, not public, or with a login or a fragment in it (P-h6)."""

    kind, code = Kind.INVALID, "events.webhook_address_refused"


class WebhookNotFound(DomainError):
    """There is no such webhook, or none of yours."""

    kind, code = Kind.NOT_FOUND, "events.webhook_not_found"


class WebhookKnown(DomainError):
    """This address is a webhook of the same system, or of the administrators, already."""

    kind, code = Kind.CONFLICT, "events.webhook_known"


class TooManyWebhooks(DomainError):
    """An organisation has so many webhooks at most."""

    kind, code = Kind.CONFLICT, "events.too_many_webhooks"


class TooManySecrets(DomainError):
    """A further secret would end one before its time that was promised: wait, or have all earlier ones end."""

    kind, code = Kind.CONFLICT, "events.too_many_secrets"


class WebhookDisabled(DomainError):
    """Nothing is sent to a webhook that is disabled: resume it first."""

    kind, code = Kind.CONFLICT, "events.webhook_disabled"


class WebhookResting(DomainError):
    """Nothing is sent to a webhook while the system's account that it is for doesn't hold, or may not follow events."""

    kind, code = Kind.CONFLICT, "events.webhook_resting"


class WebhookEnded(DomainError):
    """Nothing is sent to a webhook any more whose system's account was revoked, or is over."""

    kind, code = Kind.CONFLICT, "events.webhook_ended"


class DeliveryNotFound(DomainError):
    """There is no such delivery of this webhook, or it has had its time."""

    kind, code = Kind.NOT_FOUND, "events.delivery_not_found"


class DeliveryUnderWay(DomainError):
    """It hasn't ended: it is tried again by itself, or waits for an earlier event of the same subject."""

    kind, code = Kind.CONFLICT, "events.delivery_under_way"
