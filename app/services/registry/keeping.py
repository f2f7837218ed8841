"""The use cases of what is kept about people."""

from dataclasses import dataclass

from app.services.keeping.erase_me import EraseMe
from app.services.keeping.plan_my_erasure import PlanMyErasure
from app.services.keeping.read_my_data import ReadMyData
from app.services.keeping.read_my_data_in_words import ReadMyDataInWords


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """What is kept, and what somebody is owed of it."""

    read_my_data: ReadMyData
    read_my_data_in_words: ReadMyDataInWords
    plan_my_erasure: PlanMyErasure
    erase_me: EraseMe
