"""Settings, from the environment; read by bootstrap and cli only."""

import json
import secrets
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


class IssuerSettings(BaseModel):
    """One issuer whose tokens are accepted."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    issuer: str
    jwks_uri: str
    audience: str
    algorithms: frozenset[str] = frozenset({"RS256"})
    typ: frozenset[str] | None = frozenset({"at+jwt"})


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
    secret: SecretStr | None = None
    """At least 32 characters: seals cursors, kept answers and votes, and names the roles' passwords."""
    earlier_secrets: Annotated[tuple[SecretStr, ...], NoDecode] = ()
    """Secrets that came before, as JSON: what people have confided under one of them can still be opened."""
    data_dir: Path = Path(".local")
    """Where development keeps its database, its issuer's key and its secret."""
    ballot_keys: Path | None = None
    """Directory of the ballots' private keys: outside every backup, shared by the replicas."""
    issuers: Annotated[tuple[IssuerSettings, ...], NoDecode] = ()
    """Issuers whose tokens are accepted, as JSON."""
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    pool_size: int = Field(default=8, ge=1, le=100)
    public_url: str | None = None
    """Where the API is reached, for the documents; without it, where it is served."""
    allowed_origins: Annotated[tuple[str, ...], NoDecode] = ()
    """Web apps that browsers may call the API from, as JSON (`["https://app.example"]`); none by default."""
    drain_seconds: float = Field(default=0.0, ge=0, le=60)
    """How long `/readyz` says no before the server stops taking requests; more than the probe's interval."""
    log_reads_one_in: int = Field(default=10, ge=1)
    """Of the reads that went well, one in so many is noted in the log."""

    @field_validator("issuers", "allowed_origins", "earlier_secrets", mode="before")
    @classmethod
    def _from_json(cls, value: object) -> object:
        return json.loads(value) if isinstance(value, str) else value

    @model_validator(mode="after")
    def _fit_for_production(self) -> Self:
        is_kept = self.secret is not None and len(self.secret.get_secret_value()) >= 32
        if self.environment == "production" and not is_kept:
            raise ValueError("VERKSTED_SECRET needs at least 32 characters")
        return self

    @property
    def key_directory(self) -> Path:
        """Where the ballots' private keys are kept."""
        return self.ballot_keys or self.data_dir / "ballot-keys"

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
