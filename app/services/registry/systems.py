"""The use cases of systems."""

from dataclasses import dataclass

from app.services.systems.change_system import ChangeSystem
from app.services.systems.list_systems import ListSystems
from app.services.systems.read_own_system import ReadOwnSystem
from app.services.systems.read_system import ReadSystem
from app.services.systems.register_system import RegisterSystem
from app.services.systems.revoke_system import RevokeSystem


@dataclass(frozen=True, slots=True, kw_only=True)
class Systems:
    """Systems and their accounts."""

    register_system: RegisterSystem
    list_systems: ListSystems
    read_system: ReadSystem
    change_system: ChangeSystem
    revoke_system: RevokeSystem
    read_own_system: ReadOwnSystem
