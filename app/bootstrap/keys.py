"""Settings → keys: what is derived from the service's secrets, and where keys are kept."""

import base64

from cryptography.fernet import Fernet, MultiFernet

from app.adapters.ballot_box import HpkeEnvelopes, KeyDirectory
from app.adapters.keys.files import KeyFiles
from app.adapters.keys.keysets import Wrapping
from app.adapters.vault import AesVault
from app.adapters.webhook_secrets import SealedSecrets
from app.bootstrap.derived import derived, secrets_of
from app.settings import Settings


def ballot_box(settings: Settings) -> tuple[KeyDirectory, HpkeEnvelopes]:
    """Where ballots' keys are kept, and how votes are sealed."""
    secret = settings.secret_value()
    return KeyDirectory(settings.key_directory), HpkeEnvelopes(derived(secret, "envelopes"))


def person_keys(settings: Settings) -> KeyFiles:
    """Where people's keys are kept."""
    return KeyFiles(settings.person_key_directory / "people", wrapping(settings))


def earlier_vault(settings: Settings) -> AesVault:
    """What opens what was sealed before people had keys of their own."""
    return AesVault([derived(each, "vault") for each in secrets_of(settings)])


def wrapping(settings: Settings) -> Wrapping:
    """What keys are wrapped under."""
    return Wrapping([derived(each, "wrapping of keys") for each in secrets_of(settings)])


def news_seals(settings: Settings) -> MultiFernet:
    """What is told between replicas is sealed with; during a change of secrets each still hears the others."""
    keys = (derived(each, "news") for each in secrets_of(settings))
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])


def webhook_secrets(settings: Settings) -> SealedSecrets:
    """What the secrets of webhooks are sealed with."""
    return SealedSecrets(AesVault([derived(each, "webhook secrets") for each in secrets_of(settings)]))
