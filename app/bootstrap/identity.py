"""Settings → issuers whose tokens are believed."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from app.adapters.identity.dev_issuer import DevIssuer
from app.adapters.identity.discovery import DiscoveredKeys
from app.adapters.identity.dpop import Proofs
from app.adapters.identity.fetching import require_https
from app.adapters.identity.issuers import IssuerConfig
from app.adapters.identity.jose import JoseTokenVerifier
from app.adapters.identity.jwks import JwksCache
from app.adapters.identity.keys import KeySource
from app.adapters.identity.metadata import metadata_uri
from app.adapters.identity.profiles import PROFILES
from app.adapters.identity.profiles.maskinporten import Maskinporten
from app.adapters.identity.profiles.profile import Profile
from app.domain.shared.assurance import Assurance
from app.settings import IssuerSettings, Settings

if TYPE_CHECKING:
    import httpx


@asynccontextmanager
async def asking_issuers(settings: Settings) -> AsyncIterator["httpx.AsyncClient | None"]:
    """What fetches the keys of issuers; None, and nothing is imported for it, where none is asked over the network."""
    if not settings.issuers:
        yield None
        return
    import httpx

    async with httpx.AsyncClient(follow_redirects=False) as client:
        yield client


def verifier(
    settings: Settings, client: "httpx.AsyncClient | None", proofs: Proofs, development: DevIssuer | None
) -> JoseTokenVerifier:
    """The verifier for these settings."""
    is_development = settings.environment != "production"
    trusted: list[tuple[IssuerConfig, KeySource]] = []
    for issuer, config in zip(settings.issuers, believed_issuers(settings), strict=True):
        assert client is not None  # `asking_issuers`
        if issuer.jwks_uri is not None:
            keys: KeySource = JwksCache(client, issuer.jwks_uri, development=is_development)
        else:
            keys = DiscoveredKeys(
                client, issuer.issuer, document=config.profile.discovery, development=is_development
            )
        trusted.append((config, keys))
    if development is not None:
        trusted.append((development.config(), development.keys()))
    return JoseTokenVerifier(trusted, proofs)


def names_of_issuers(settings: Settings, development: DevIssuer | None) -> frozenset[str]:
    """Whose tokens are believed, as they write themselves in `iss`."""
    own = () if development is None else (development.config().issuer,)
    return frozenset((*(each.issuer for each in settings.issuers), *own))


def believed_issuers(settings: Settings) -> list[IssuerConfig]:
    """The issuers of these settings. `RuntimeError` names the one whose settings can't be meant."""
    found = []
    for issuer in settings.issuers:
        try:
            profile = _profile(issuer)
            place = issuer.jwks_uri or metadata_uri(issuer.issuer, profile.discovery)
            require_https(place, development=settings.environment != "production")
            found.append(_config(issuer, profile))
        except ValueError as error:
            raise RuntimeError(f"VERKSTED_ISSUERS, {issuer.issuer}: {error}") from None
    return found


def _profile(issuer: IssuerSettings) -> Profile:
    kind = PROFILES[issuer.profile]
    given: dict[str, object] = {}
    if issuer.address_protection_claim is not None:
        given["address_protection_claim"] = issuer.address_protection_claim
    if issuer.delegation_sources is not None:
        if not issubclass(kind, Maskinporten):
            raise ValueError("`delegation_sources` are Maskinporten's")
        given["delegation_sources"] = issuer.delegation_sources
    return kind(**given)  # type: ignore[arg-type]


def _config(issuer: IssuerSettings, profile: Profile) -> IssuerConfig:
    acr = (
        profile.acr
        if issuer.acr is None
        else {w: Assurance[level.upper()] for w, level in issuer.acr.items()}
    )
    without = issuer.without_acr
    return IssuerConfig(
        issuer=issuer.issuer,
        audience=issuer.audience,
        profile=profile,
        algorithms=profile.algorithms if issuer.algorithms is None else issuer.algorithms,
        typ=issuer.typ if "typ" in issuer.model_fields_set else profile.typ,
        acr=acr,
        without_acr=None if without in (None, "nothing") else Assurance[without.upper()],
    )
