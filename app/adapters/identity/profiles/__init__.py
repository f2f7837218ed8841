"""What is particular to one kind of issuer: its usual settings, and its own checks beside the rules for all."""

from collections.abc import Mapping

from app.adapters.identity.profiles.helseid import HelseId
from app.adapters.identity.profiles.id_porten import IdPorten
from app.adapters.identity.profiles.maskinporten import Maskinporten
from app.adapters.identity.profiles.mitid_broker import MitIdBroker
from app.adapters.identity.profiles.profile import Profile

PROFILES: Mapping[str, type[Profile]] = {
    kind.name: kind for kind in (Profile, Maskinporten, IdPorten, HelseId, MitIdBroker)
}
"""By the name that stands in the settings."""
