"""The use cases of systems, wired."""

from app.bootstrap.kit import Kit
from app.services.registry import Systems
from app.services.systems.change_system import ChangeSystem
from app.services.systems.list_systems import ListSystems
from app.services.systems.read_own_system import ReadOwnSystem
from app.services.systems.read_system import ReadSystem
from app.services.systems.register_system import RegisterSystem
from app.services.systems.revoke_system import RevokeSystem


def systems(kit: Kit) -> Systems:
    """Each use case with the ports that it names."""
    return Systems(
        register_system=RegisterSystem(kit.transact, kit.issuers),
        list_systems=ListSystems(kit.transact),
        read_system=ReadSystem(kit.transact),
        change_system=ChangeSystem(kit.transact),
        revoke_system=RevokeSystem(kit.transact),
        read_own_system=ReadOwnSystem(kit.transact),
    )
