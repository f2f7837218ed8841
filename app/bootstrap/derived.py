"""Keys from the service's secrets."""

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.settings import Settings


def derived(secret: str, purpose: str) -> bytes:
    """A key of 32 bytes for one purpose, from the service's secret."""
    info = f"verksted/{purpose}".encode()
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(secret.encode())


def secrets_of(settings: Settings) -> list[str]:
    """The secret that holds, and those that came before it."""
    return [settings.secret_value(), *(each.get_secret_value() for each in settings.earlier_secrets)]
