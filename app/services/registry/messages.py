"""The use cases of messages to people."""

from dataclasses import dataclass

from app.services.messages.choose_message import ChooseMessage
from app.services.messages.drop_message import DropMessage
from app.services.messages.list_my_sent_messages import ListMySentMessages
from app.services.messages.read_message import ReadMessage
from app.services.messages.read_my_messages import ReadMyMessages
from app.services.messages.set_my_messages import SetMyMessages
from app.services.messages.turn_off import TurnOff


@dataclass(frozen=True, slots=True, kw_only=True)
class Messages:
    """Which messages one gets, and which one has got."""

    read_my_messages: ReadMyMessages
    set_my_messages: SetMyMessages
    choose_message: ChooseMessage
    drop_message: DropMessage
    list_my_sent_messages: ListMySentMessages
    read_message: ReadMessage
    turn_off: TurnOff
