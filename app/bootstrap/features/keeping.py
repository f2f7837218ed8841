"""The use cases of what is kept about people, wired."""

from app.adapters.postgres.own_data import PostgresPersonalData, in_copy
from app.bootstrap.kit import Kit
from app.services.keeping.erase_me import EraseMe
from app.services.keeping.gathering import Gather
from app.services.keeping.plan_my_erasure import PlanMyErasure
from app.services.keeping.read_my_data import ReadMyData
from app.services.keeping.read_my_data_in_words import ReadMyDataInWords
from app.services.registry import Keeping


def keeping(kit: Kit) -> Keeping:
    """Each use case with the ports that it names."""
    gather = Gather(
        kit.transact, PostgresPersonalData(kit.personal), kit.personal.my_organisations, kit.vault
    )
    told = {said.table: said.erased for tenant in (False, True) for said in in_copy(tenant=tenant)}
    return Keeping(
        read_my_data=ReadMyData(gather),
        read_my_data_in_words=ReadMyDataInWords(gather, kit.words),
        plan_my_erasure=PlanMyErasure(gather.transact, gather.personal, gather.my_organisations, kit.words),
        erase_me=EraseMe(kit.erase, kit.words, told),
    )
