"""Messages to people. Turning them off by the address in a message needs no login (`app.api.rest.turning_off`)."""

from typing import Annotated

from pydantic import AfterValidator, Field

from app.api.shared.operations.inputs import TextLanguage, known_zone
from app.api.shared.operations.operation import Operation, Shape
from app.api.shared.strict_model import ChangingModel
from app.domain.messages.kind import MessageKind, MessageNotFound
from app.domain.messages.quiet import QuietHoursMakeNoSense
from app.domain.organisations.organisation import NotRegistered
from app.domain.people.consent import MessageConsentNeeded
from app.services.messages.choose_message import ChooseMessage
from app.services.messages.drop_message import DropMessage
from app.services.messages.list_my_sent_messages import ListMySentMessages
from app.services.messages.read_message import ReadMessage
from app.services.messages.read_my_messages import ReadMyMessages
from app.services.messages.set_my_messages import SetMyMessages
from app.services.messages.views import MessageSettingsView, MessageView

_MINE = "/v1/organisations/{organisation_id}/my-messages"
_CLOCK = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"


class SetMyMessagesIn(ChangingModel):
    """How you want messages. What is left out stays as it is."""

    language: Annotated[
        TextLanguage | None, Field(description="Their language; null: the first of yours.")
    ] = None
    time_zone: Annotated[
        str | None,
        Field(max_length=60, description="Zone of your clock (IANA); null: the organisation's."),
        AfterValidator(known_zone),
    ] = None
    quiet_from: Annotated[
        str | None,
        Field(
            pattern=_CLOCK,
            max_length=5,
            description="From when on you don't want to be disturbed, by your clock; null: never quiet.",
        ),
    ] = None
    quiet_until: Annotated[
        str | None,
        Field(
            pattern=_CLOCK,
            max_length=5,
            description="Until when; earlier than the beginning: over midnight; null: never quiet.",
        ),
    ] = None


OPERATIONS = (
    Operation(
        name="read_my_messages",
        feature="messages",
        use=lambda services: services.messages.read_my_messages,
        use_case=ReadMyMessages,
        method="GET",
        path=_MINE,
        gives=MessageSettingsView,
        refuses=(NotRegistered,),
    ),
    Operation(
        name="set_my_messages",
        feature="messages",
        use=lambda services: services.messages.set_my_messages,
        use_case=SetMyMessages,
        method="PUT",
        path=_MINE,
        gives=MessageSettingsView,
        takes=SetMyMessagesIn,
        refuses=(NotRegistered, QuietHoursMakeNoSense),
    ),
    Operation(
        name="choose_message",
        feature="messages",
        use=lambda services: services.messages.choose_message,
        use_case=ChooseMessage,
        method="PUT",
        path=f"{_MINE}/{{message_kind}}",
        path_types={"message_kind": MessageKind},
        gives=MessageSettingsView,
        refuses=(NotRegistered, MessageConsentNeeded),
    ),
    Operation(
        name="drop_message",
        feature="messages",
        use=lambda services: services.messages.drop_message,
        use_case=DropMessage,
        method="DELETE",
        path=f"{_MINE}/{{message_kind}}",
        path_types={"message_kind": MessageKind},
        gives=MessageSettingsView,
        refuses=(NotRegistered,),
    ),
    Operation(
        name="list_my_sent_messages",
        feature="messages",
        use=lambda services: services.messages.list_my_sent_messages,
        use_case=ListMySentMessages,
        method="GET",
        path="/v1/organisations/{organisation_id}/my-sent-messages",
        gives=MessageView,
        shape=Shape.PAGE,
        refuses=(NotRegistered,),
    ),
    Operation(
        name="read_message",
        feature="messages",
        use=lambda services: services.messages.read_message,
        use_case=ReadMessage,
        method="GET",
        path="/v1/messages/{message_id}",
        gives=MessageView,
        refuses=(MessageNotFound,),
    ),
)
