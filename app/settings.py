"""Settings, from the environment; read by bootstrap and cli only."""

import json
import secrets
from pathlib import Path
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from app.services.ports.attempts import Quota

Level = Literal["low", "substantial", "high"]
ProfileName = Literal["oidc", "maskinporten", "id-porten", "helseid", "mitid-broker"]


def _quota(written: object) -> object:
    """A quota from `count/seconds`."""
    if not isinstance(written, str):
        return written
    count, _, seconds = written.partition("/")
    if not (count.isdigit() and seconds.isdigit() and int(count) and int(seconds)):
        raise ValueError("written as requests/seconds, as in 600/60")
    return Quota(int(count), int(seconds))


Rate = Annotated[Quota, NoDecode, BeforeValidator(_quota)]


class IssuerSettings(BaseModel):
    """One issuer whose tokens are accepted. What is left out is as usual for its profile."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    issuer: str
    audience: str
    profile: ProfileName = "oidc"
    """What kind of issuer it is; each has its own checks (docs/adr/0022)."""
    jwks_uri: str | None = None
    """Where its keys are; without it, its metadata tell."""
    algorithms: frozenset[str] | None = None
    typ: frozenset[str] | None = None
    """Allowed values of the header `typ`; written as null: none is demanded."""
    acr: dict[str, Level] | None = None
    """What the issuer's words for the strength of a login mean."""
    without_acr: Level | Literal["nothing"] | None = None
    """What a login counts as of which the issuer says no `acr`; `nothing`: never for what needs a strong login."""
    delegation_sources: frozenset[str] | None = None
    """Maskinporten: who may have registered that a supplier acts for a consumer."""
    address_protection_claim: str | None = None
    """The claim that tells of a protected name and address."""

    @model_validator(mode="after")
    def _says_how_strong(self) -> Self:
        # Guessing "strong" would let anybody's login grant roles; guessing "weak" would lock people out without a word.
        if self.profile == "oidc" and not self.acr and self.without_acr is None:
            raise ValueError(
                "say how strong this issuer's logins are: `acr` (which of its words mean low, substantial or high) or"
                " `without_acr` (what every login counts as, or `nothing`); docs/operate.md has examples"
            )
        return self


class Settings(BaseSettings):
    """All settings. Names in the environment begin with `VERKSTED_`, but for `DATABASE_URL`."""

    model_config = SettingsConfigDict(env_prefix="VERKSTED_", frozen=True, extra="ignore")

    environment: Literal["development", "test", "production"] = "development"
    """`development` starts its own PostgreSQL and its own issuer; `production` has neither."""
    database_url: SecretStr | None = Field(default=None, validation_alias="DATABASE_URL")
    """An owner's URL: migrates, and makes the two unprivileged roles. Production gives it to `migrate` alone."""
    app_url: SecretStr | None = None
    """URL of the service's own role; without it, made from `DATABASE_URL`."""
    tally_url: SecretStr | None = None
    """URL of the role that counts ballots; without it, made from `DATABASE_URL`."""
    audit_url: SecretStr | None = None
    """URL of the role that seals the log of accesses; without it, reached where the service's own role is."""
    eraser_url: SecretStr | None = None
    """URL of the role that erases; without it, reached where the service's own role is."""
    worker_url: SecretStr | None = None
    """URL of the role that the worker works as; without it, reached where the service's own role is."""
    worker: Literal["inside", "apart"] | None = None
    """Whether a process that serves works, too, or `verksted worker` does it; by default inside in development alone."""
    secret: SecretStr | None = None
    """At least 32 characters: seals cursors, kept answers and votes, and names the roles' passwords."""
    earlier_secrets: Annotated[tuple[SecretStr, ...], NoDecode] = ()
    """Secrets that came before, as JSON: what people have confided under one of them can still be opened."""
    data_dir: Path = Path(".local")
    """Where development keeps its database, its issuer's key and its secret."""
    ballot_keys: Path | None = None
    """Directory of the ballots' private keys: outside every backup, shared by the replicas."""
    person_keys: Path | None = None
    """Directory of the keys that names and texts are sealed under: in no backup of the database's, shared by replicas."""
    issuers: Annotated[tuple[IssuerSettings, ...], NoDecode] = ()
    """Issuers whose tokens are accepted, as JSON."""
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    pool_size: int = Field(default=8, ge=1, le=100)
    public_url: str | None = None
    """Where the API is reached, for the documents and for proofs (DPoP); without it, where it is served."""
    free_documents: Literal["everybody", "scope", "nobody"] | None = None
    """Whose own GraphQL documents are carried out beside the trusted ones: everybody's, or theirs whose token has the scope
    `verksted:graphql.free`. If nothing is said: `scope` in production, `everybody` elsewhere."""
    trusted_documents: Annotated[tuple[Path, ...], NoDecode] = ()
    """Lists of trusted GraphQL documents beside our own, as JSON (`["/etc/verksted/app.json"]`)."""
    webhook_loopback: bool = False
    """Whether webhooks may be on this machine, over http: to try them out. Never in production."""
    allowed_origins: Annotated[tuple[str, ...], NoDecode] = ()
    """Web apps that browsers may call the API from, as JSON (`["https://app.example"]`); none by default."""
    drain_seconds: float = Field(default=0.0, ge=0, le=60)
    """How long `/readyz` says no before the server stops taking requests; more than the probe's interval."""
    replicas: int = Field(default=1, ge=1, le=1000)
    """How many processes serve beside each other: what each counts by itself is divided by so many."""
    limits: bool = True
    """Whether callers are limited at all; off only where something before us does it."""
    limit_person: Rate = Quota(600, 60)
    """How many requests a person may make in how many seconds: `600/60`."""
    limit_system: Rate = Quota(1200, 60)
    """The same for a system."""
    limit_address: Rate = Quota(600, 60)
    """The same for an address from which no token comes. It can be a whole municipality's."""
    limit_guessing: Rate = Quota(10, 600)
    """How many codes somebody may try; counted for all replicas together."""
    limit_tokens: Rate = Quota(30, 60)
    """How many tokens that aren't good may come from an address; counted for all replicas together."""
    limit_expensive: Rate = Quota(30, 60)
    """How often somebody may ask for what costs much."""
    limit_rows: Rate = Quota(6000, 60)
    """How many rows of imports are read from a system; faster ones wait."""
    streams_each: int = Field(default=10, ge=1, le=1000)
    """How many lines one person may have open at a process, to follow what is new."""
    streams: int = Field(default=2_000, ge=1, le=100_000)
    """How many lines there may be at a process at all."""
    even_ms: int = Field(default=100, ge=0, le=1000)
    """The step of time at which it is refused that something is there, in milliseconds; 0: at once."""
    mail_host: str | None = None
    """The server that takes mails for people; without one nothing is sent (in development: a page shows them)."""
    mail_port: int = Field(default=587, ge=1, le=65535)
    mail_tls: Literal["starttls", "implicit", "none"] = "starttls"
    """How the way to it is sealed; `none` never in production."""
    mail_user: str | None = None
    mail_password: SecretStr | None = None
    mail_from: str = "Verksted <nobody@localhost>"
    """Who mails are from: a name that tells nothing, and an address."""
    mail_link: str | None = None
    """Where the app is, with `{id}` for a message's id: `https://app.example/messages/{id}`."""
    mail_links: Annotated[dict[UUID, str], NoDecode] = Field(default_factory=dict)
    """The same of organisations that have an app of their own, by their ids, as JSON."""
    log_reads_one_in: int = Field(default=10, ge=1)
    """Of the reads that went well, one in so many is noted in the log."""

    @field_validator(
        "issuers", "allowed_origins", "earlier_secrets", "trusted_documents", "mail_links", mode="before"
    )
    @classmethod
    def _from_json(cls, value: object) -> object:
        return json.loads(value) if isinstance(value, str) else value

    @model_validator(mode="after")
    def _fit_for_production(self) -> Self:
        is_kept = self.secret is not None and len(self.secret.get_secret_value()) >= 32
        if self.environment == "production" and not is_kept:
            raise ValueError("VERKSTED_SECRET needs at least 32 characters")
        if self.environment == "production" and self.webhook_loopback:
            raise ValueError(
                "VERKSTED_WEBHOOK_LOOPBACK lets events be sent into this machine: not in production"
            )
        is_bound = any(issuer.profile == "helseid" for issuer in self.issuers)
        if self.environment == "production" and is_bound and self.public_url is None:
            raise ValueError(
                "VERKSTED_PUBLIC_URL is needed: HelseID's clients prove which address they ask at"
            )
        if self.mail_host is not None:
            self._fit_for_mail()
        return self

    def _fit_for_mail(self) -> None:
        links = [*([self.mail_link] if self.mail_link is not None else []), *self.mail_links.values()]
        if any("{id}" not in link for link in links):
            raise ValueError(
                "VERKSTED_MAIL_LINK and each of VERKSTED_MAIL_LINKS need `{id}` for the message's id"
            )
        if self.environment != "production":
            return
        if self.mail_tls == "none":
            raise ValueError("VERKSTED_MAIL_TLS: mails to people go over TLS in production")
        if self.mail_link is None or self.mail_from == type(self).model_fields["mail_from"].default:
            raise ValueError("VERKSTED_MAIL_LINK and VERKSTED_MAIL_FROM are needed where mails are sent")
        if self.public_url is None:
            raise ValueError("VERKSTED_PUBLIC_URL is needed where mails are sent: they are turned off there")
        if not all(link.startswith("https://") for link in (*links, self.public_url)):
            raise ValueError("addresses that stand in mails begin with https:// in production")

    @property
    def whose_documents(self) -> Literal["everybody", "scope", "nobody"]:
        """Whose own GraphQL documents are carried out."""
        usual: Literal["scope", "everybody"] = "scope" if self.environment == "production" else "everybody"
        return self.free_documents or usual

    @property
    def key_directory(self) -> Path:
        """Where the ballots' private keys are kept."""
        return self.ballot_keys or self.data_dir / "ballot-keys"

    @property
    def person_key_directory(self) -> Path:
        """Where the keys are kept that names and texts are sealed under."""
        return self.person_keys or self.data_dir / "person-keys"

    @property
    def erasure_ledger(self) -> Path:
        """Where it is kept who has been erased: beside the keys, outside the database and its backups."""
        return self.person_key_directory / "erasures"

    @property
    def works_inside(self) -> bool:
        """Whether a process that serves does the worker's duties as well; never in tests, unless they say so."""
        return (self.worker or ("inside" if self.environment == "development" else "apart")) == "inside"

    @property
    def caught_mail(self) -> Path:
        """Where mails are kept that go nowhere, in development."""
        return self.data_dir / "mail"

    @property
    def message_link(self) -> str:
        """Where the app is, with `{id}` for a message's id. In development: the example app, which goes on from there."""
        return self.mail_link or f"{self.base_url.rstrip('/')}/pocket?message={{id}}"

    @property
    def base_url(self) -> str:
        """Where the API is reached."""
        return self.public_url or f"http://{self.host}:{self.port}"

    def secret_value(self) -> str:
        """The secret; in development it is made at the first start and kept in the data directory."""
        if self.secret is not None:
            return self.secret.get_secret_value()
        path = self.data_dir / "secret"
        if not path.exists():
            self.data_dir.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
            path.write_text(secrets.token_urlsafe(32))
        return path.read_text().strip()
