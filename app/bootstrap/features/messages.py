"""The use cases of messages to people, wired."""

from app.bootstrap.kit import Kit
from app.services.messages.choose_message import ChooseMessage
from app.services.messages.drop_message import DropMessage
from app.services.messages.list_my_sent_messages import ListMySentMessages
from app.services.messages.read_message import ReadMessage
from app.services.messages.read_my_messages import ReadMyMessages
from app.services.messages.set_my_messages import SetMyMessages
from app.services.messages.turn_off import TurnOff
from app.services.registry import Messages


def messages(kit: Kit) -> Messages:
    """Each use case with the ports that it names."""
    return Messages(
        read_my_messages=ReadMyMessages(kit.transact, kit.words),
        set_my_messages=SetMyMessages(kit.transact, kit.words),
        choose_message=ChooseMessage(kit.transact, kit.words),
        drop_message=DropMessage(kit.transact, kit.words),
        list_my_sent_messages=ListMySentMessages(kit.transact),
        read_message=ReadMessage(kit.transact),
        turn_off=TurnOff(kit.transact, kit.message_addresses),
    )
