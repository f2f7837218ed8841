"""Where an issuer's metadata stand."""

from urllib.parse import urlsplit

OPENID = "openid-configuration"
"""At the end of the issuer's address (OpenID Connect Discovery §4)."""
OAUTH = "oauth-authorization-server"
"""Between the issuer's host and its path (RFC 8414 §3)."""


def metadata_uri(issuer: str, document: str) -> str:
    """The address of this issuer's metadata; `ValueError` where its name can't be one."""
    parts = urlsplit(issuer)
    if parts.query or parts.fragment:
        raise ValueError("an issuer's name has neither query nor fragment")
    if document == OPENID:
        return f"{issuer.rstrip('/')}/.well-known/{OPENID}"
    return f"{parts.scheme}://{parts.netloc}/.well-known/{document}{parts.path.rstrip('/')}"
