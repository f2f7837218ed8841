"""The use cases of events, wired."""

from app.bootstrap.kit import Kit
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
from app.services.registry import Events


def events(kit: Kit) -> Events:
    """Each use case with the ports that it names."""
    return Events(
        list_events=ListEvents(kit.transact, kit.feed_positions),
        find_circle=FindCircle(kit.transact, kit.personal.my_organisations),
        tell_news=TellNews(kit.transact),
        register_webhook=RegisterWebhook(kit.transact, kit.webhook_secrets, kit.webhook_addresses),
        list_webhooks=ListWebhooks(kit.transact),
        read_webhook=ReadWebhook(kit.transact),
        change_webhook=ChangeWebhook(kit.transact, kit.webhook_addresses),
        rotate_webhook_secret=RotateWebhookSecret(kit.transact, kit.webhook_secrets),
        remove_webhook=RemoveWebhook(kit.transact),
        try_webhook=TryWebhook(kit.transact),
        list_deliveries=ListDeliveries(kit.transact),
        redeliver_event=RedeliverEvent(kit.transact),
        resume_webhook=ResumeWebhook(kit.transact),
    )
