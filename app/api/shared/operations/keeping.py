"""What is held about oneself."""

from typing import Annotated

from pydantic import Field

from app.api.shared.operations.operation import Operation
from app.api.shared.strict_model import StrictModel
from app.domain.keeping.erasure import NotToldYet
from app.domain.people.person import NotIntroduced
from app.domain.shared.assurance import Assurance
from app.services.keeping.erase_me import EraseMe
from app.services.keeping.erasure_views import ErasurePlanView, ErasureView
from app.services.keeping.plan_my_erasure import PlanMyErasure
from app.services.keeping.read_my_data import ReadMyData
from app.services.keeping.read_my_data_in_words import ReadMyDataInWords
from app.services.keeping.views import MyDataView, ReadableDataView


class EraseMeIn(StrictModel):
    """That you have read what will happen."""

    confirmation: Annotated[
        str,
        Field(
            pattern=r"^[0-9a-f]{12}$",
            max_length=12,
            description="The word that stands with what will go and what will stay; ask for that first.",
        ),
    ]


OPERATIONS = (
    Operation(
        name="read_my_data",
        feature="keeping",
        use=lambda services: services.keeping.read_my_data,
        use_case=ReadMyData,
        method="GET",
        path="/v1/me/data",
        gives=MyDataView,
        refuses=(NotIntroduced,),
        assurance=Assurance.SUBSTANTIAL,
    ),
    Operation(
        name="read_my_data_in_words",
        feature="keeping",
        use=lambda services: services.keeping.read_my_data_in_words,
        use_case=ReadMyDataInWords,
        method="GET",
        path="/v1/me/data/readable",
        gives=ReadableDataView,
        refuses=(NotIntroduced,),
        assurance=Assurance.SUBSTANTIAL,
    ),
    Operation(
        name="plan_my_erasure",
        feature="keeping",
        use=lambda services: services.keeping.plan_my_erasure,
        use_case=PlanMyErasure,
        method="GET",
        path="/v1/me/erasure",
        gives=ErasurePlanView,
        refuses=(NotIntroduced,),
        assurance=Assurance.SUBSTANTIAL,
    ),
    Operation(
        name="erase_me",
        feature="keeping",
        use=lambda services: services.keeping.erase_me,
        use_case=EraseMe,
        method="POST",
        path="/v1/me/erasure",
        takes=EraseMeIn,
        gives=ErasureView,
        refuses=(NotToldYet,),
        assurance=Assurance.SUBSTANTIAL,
    ),
)
