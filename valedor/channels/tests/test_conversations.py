"""A connection is kept for the next letter, and given up as soon as it is in doubt."""

import time
from collections.abc import Iterator

import pytest

from valedor.channels.carriers import AcceptanceUnknown, NotTaken
from valedor.channels.email.conversations import Conversations
from valedor.channels.email.server import MailServer
from valedor.channels.tests.post_room import PostRoom, a_post_room

MESSAGE = b"Subject: one letter\r\n\r\nGood morning.\r\n"


@pytest.fixture
def room() -> Iterator[PostRoom]:
    with a_post_room() as room:
        yield room


@pytest.fixture
def kept() -> Iterator[Conversations]:
    conversations = Conversations(idle=0.3, most=5)
    yield conversations
    conversations.end_all()


def give(kept: Conversations, room: PostRoom, recipient: str = "ana@example.org") -> str:
    server = MailServer("127.0.0.1", room.port)
    return kept.hand_over(server, MESSAGE, sender="us@example.org", recipient=recipient)


def test_several_letters_share_a_connection(kept: Conversations, room: PostRoom) -> None:
    for _ in range(4):
        assert give(kept, room).startswith("250")
    assert (room.greetings, len(room.messages)) == (1, 4)


def test_a_connection_carries_so_many_letters_and_no_more(
    kept: Conversations, room: PostRoom
) -> None:
    for _ in range(6):
        give(kept, room)
    assert (room.greetings, len(room.messages)) == (2, 6)


def test_an_idle_connection_is_ended(kept: Conversations, room: PostRoom) -> None:
    give(kept, room)
    assert kept._kept
    until = time.monotonic() + 5
    while kept._kept and time.monotonic() < until:
        time.sleep(0.05)
    assert not kept._kept
    give(kept, room)
    assert room.greetings == 2


def test_a_refusal_leaves_the_connection_usable(kept: Conversations, room: PostRoom) -> None:
    room.to_address = ["550 nobody here"]
    with pytest.raises(NotTaken, match="550") as refused:
        give(kept, room, "gone@example.org")
    assert (refused.value.for_good, refused.value.address_refused) == (True, True)
    room.to_content = ["554 too much"]
    with pytest.raises(NotTaken, match="554"):
        give(kept, room)
    give(kept, room)
    assert room.greetings == 1
    assert room.envelopes == [("us@example.org", ["ana@example.org"])]


def test_a_connection_that_ended_meanwhile_is_replaced_and_the_letter_goes_once(
    kept: Conversations, room: PostRoom
) -> None:
    give(kept, room)
    room.to_address = ["hang up"]
    assert give(kept, room).startswith("250")
    assert (room.greetings, len(room.messages)) == (2, 2)


def test_a_server_that_closes_is_asked_anew(kept: Conversations, room: PostRoom) -> None:
    give(kept, room)
    room.to_address = ["421 closing down"]
    assert give(kept, room).startswith("250")
    assert (room.greetings, len(room.messages)) == (2, 2)


def test_what_may_have_been_taken_is_not_given_again(kept: Conversations, room: PostRoom) -> None:
    give(kept, room)
    room.to_content = ["drop"]
    with pytest.raises(AcceptanceUnknown):
        give(kept, room)
    assert len(room.messages) == 2
    assert not kept._kept
    give(kept, room)
    assert room.greetings == 2


def test_a_fresh_connection_that_ends_is_not_tried_twice(
    kept: Conversations, room: PostRoom
) -> None:
    room.to_address = ["hang up", "hang up"]
    with pytest.raises(NotTaken):
        give(kept, room)
    assert (room.greetings, room.messages) == (1, [])
