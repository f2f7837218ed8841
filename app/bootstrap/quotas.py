"""How much callers may ask for, as the settings say."""

from app.api.shared.limits import Quotas
from app.settings import Settings


def quotas(settings: Settings) -> Quotas:
    """Which quotas hold."""
    return Quotas(
        person=settings.limit_person,
        system=settings.limit_system,
        address=settings.limit_address,
        guessing=settings.limit_guessing,
        tokens=settings.limit_tokens,
        expensive=settings.limit_expensive,
        rows=settings.limit_rows,
        replicas=settings.replicas,
    )
