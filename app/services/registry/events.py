"""The use cases of events."""

from dataclasses import dataclass

from app.services.events.change_webhook import ChangeWebhook
from app.services.events.find_circle import FindCircle
from app.services.events.list_deliveries import ListDeliveries
from app.services.events.list_events import ListEvents
from app.services.events.list_webhooks import ListWebhooks
from app.services.events.read_webhook import ReadWebhook
from app.services.events.redeliver_event import RedeliverEvent
from app.services.events.register_webhook import RegisterWebhook
from app.services.events.remove_webhook import RemoveWebhook
from app.services.events.resume_webhook import ResumeWebhook
from app.services.events.rotate_webhook_secret import RotateWebhookSecret
from app.services.events.tell_news import TellNews
from app.services.events.try_webhook import TryWebhook


@dataclass(frozen=True, slots=True, kw_only=True)
class Events:
    """Following what happens, and having it sent."""

    list_events: ListEvents
    find_circle: FindCircle
    tell_news: TellNews
    register_webhook: RegisterWebhook
    list_webhooks: ListWebhooks
    read_webhook: ReadWebhook
    change_webhook: ChangeWebhook
    rotate_webhook_secret: RotateWebhookSecret
    remove_webhook: RemoveWebhook
    try_webhook: TryWebhook
    list_deliveries: ListDeliveries
    redeliver_event: RedeliverEvent
    resume_webhook: ResumeWebhook
