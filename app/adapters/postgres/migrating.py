"""Runs the migrations, as the owner."""

from pathlib import Path

from alembic import command
from alembic.config import Config

_ROOT = Path(__file__).parents[3]


def alembic_config(url: str | None = None) -> Config:
    """Alembic's configuration for this database."""
    config = Config(_ROOT / "alembic.ini")
    config.set_main_option("script_location", str(_ROOT / "migrations"))
    config.attributes["url"] = url
    return config


def migrate_to_head(url: str) -> None:
    """Bring a database to the newest level. Two at once wait for each other."""
    command.upgrade(alembic_config(url), "head")
