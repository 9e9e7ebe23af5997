"""Whoever talks by chat has a reference with the first words, and the talk stays with the case."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from valedor.casefile.actors import COMPLAINANT, staff
from valedor.casefile.models import Case, Entry, EntryContent, Kind, Letter, Message
from valedor.casefile.viewing import the_house, viewer_of, viewing
from valedor.channels.chat import presence, silence
from valedor.channels.chat.actions.end import end
from valedor.channels.chat.actions.say import say
from valedor.channels.chat.actions.set_desk import set_chat_desk
from valedor.channels.chat.actions.take import let_go, take
from valedor.channels.models import Chat, ChatLine
from valedor.channels.tests.post_room import FILED_AT, a_house
from valedor.channels.tests.sms_room import cases
from valedor.foundation import moments
from valedor.foundation.refusals import Refused
from valedor.handling.models import Alarm
from valedor.people.models import Account, Entity, Role, RoleGrant, Team

pytestmark = pytest.mark.usefixtures("committed_database")
START = "/besos/chat"
MINUTE = timedelta(minutes=1)


def a_chat_house(**said: Any) -> Entity:
    house = a_house()
    set_chat_desk(house, by=None, at=FILED_AT, **said)
    return house


def an_agent(name: str = "Laia Puig") -> Account:
    account = Account.objects.create(
        username=name.split()[0].lower(), name=name, email=f"{name[:4]}@example.org", language="ca"
    )
    RoleGrant.objects.create(
        account=account, role=Role.AGENT, team=Team.objects.get(), granted_at=FILED_AT
    )
    return account


def begin(browser: Client, text: str = "A quina hora obriu?", **fields: str) -> Any:
    page = browser.get(f"{START}?lang=ca").content.decode()
    found = re.search(r'name="token" value="([^"]+)"', page)
    token = found.group(1) if found else fields.pop("token")
    data = {"token": token, "text": text, "kind": "enquiry", "step": "send"} | fields
    return browser.post(START, data)


def the_chat() -> Chat:
    with viewing(the_house()):
        return Chat.objects.select_related("case__entity", "taken_by").get()


def words_in(chat: Chat) -> list[str]:
    with viewing(the_house()):
        return [one.text or one.notice for one in chat.lines.order_by("pk")]


def talk(chat: Chat, who: Account, *lines: str) -> None:
    with viewing(viewer_of(who)) as viewer:
        take(chat, viewer=viewer, by=who, at=moments.now())
        for line in lines:
            say(chat, text=line, by=staff(who), at=moments.now())


def test_the_first_words_are_a_case_and_a_code_is_given_in_the_chat() -> None:
    house, laia = a_chat_house(), an_agent()
    with viewing(viewer_of(laia)) as viewer:
        presence.arrive(viewer, at=moments.now())
    browser = Client()
    answer = begin(browser, name="Ana Pérez")
    (case,) = cases()
    assert answer.status_code == 302
    assert answer.url == f"/besos/case/{case.reference}/chat"
    assert (case.channel, case.kind, case.language) == (Case.Channel.CHAT, Kind.ENQUIRY, "ca")
    assert case.entity == house
    page = browser.get(answer.url).content.decode()
    assert case.reference in page
    assert re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", page), "the access code is shown"
    assert "A quina hora obriu?" in page
    with viewing(the_house()):
        assert not Letter.objects.exists(), "nobody is written to who left no address"


def test_nobody_there_is_said_before_anything_is_typed() -> None:
    a_chat_house()
    page = Client().get(f"{START}?lang=en").content.decode()
    assert "Nobody is at the chat now." in page
    assert "/besos/complain" in page
    assert 'name="text"' not in page


def test_where_no_chat_is_offered_there_is_no_page() -> None:
    house = a_house()
    assert Client().get(START).status_code == 404
    set_chat_desk(house, by=None, at=FILED_AT)
    assert Client().get(START).status_code == 200
    set_chat_desk(house, is_active=False, by=None, at=FILED_AT)
    assert Client().get(START).status_code == 404


def test_the_same_first_words_twice_are_one_case() -> None:
    a_chat_house()
    laia = an_agent()
    with viewing(viewer_of(laia)) as viewer:
        presence.arrive(viewer, at=moments.now())
    browser = Client()
    page = browser.get(START).content.decode()
    token = re.search(r'name="token" value="([^"]+)"', page)
    assert token
    data = {"token": token.group(1), "text": "Hola", "kind": "enquiry", "step": "send"}
    first, second = browser.post(START, data), browser.post(START, data)
    assert first["Location"] == second["Location"]
    assert len(cases()) == 1


def test_both_sides_talk_and_what_was_said_is_the_case_s() -> None:
    a_chat_house()
    laia = an_agent()
    with viewing(viewer_of(laia)) as viewer:
        presence.arrive(viewer, at=moments.now())
    browser = Client()
    address = begin(browser).url
    chat = the_chat()
    talk(chat, laia, "De nou a sis.")
    news = browser.get(f"{address}/lines?after=0&state=").content.decode()
    assert "De nou a sis." in news
    token = re.search(r'name="token" value="([^"]+)"', browser.get(address).content.decode())
    assert token
    assert browser.post(address, {"token": token.group(1), "text": "Gràcies!"}).status_code == 302
    assert browser.post(address, {"token": token.group(1), "text": "Gràcies!"}).status_code == 302
    assert words_in(chat) == ["A quina hora obriu?", "joined", "De nou a sis.", "Gràcies!"]
    with viewing(viewer_of(laia)):
        end(chat, ending=Chat.Ending.HOUSE, by=staff(laia), at=moments.now())
    with viewing(the_house()):
        message = Message.objects.filter(channel=Case.Channel.CHAT).latest("at")
        told = EntryContent.objects.get(pk=message.entry_id).body
        assert "Laia Puig: De nou a sis." in told
        assert "Gràcies!" in told
        assert Entry.objects.filter(kind="chat.taken", by=laia).count() == 1
        assert not Alarm.objects.filter(cause=Alarm.Cause.PERSON_WROTE).exists()


def test_nothing_new_is_no_answer() -> None:
    a_chat_house()
    laia = an_agent()
    with viewing(viewer_of(laia)) as viewer:
        presence.arrive(viewer, at=moments.now())
    browser = Client()
    address = begin(browser).url
    last = the_chat_s_last()
    assert browser.get(f"{address}/lines?after={last}&state=next").status_code == 204
    assert browser.get(f"{address}/lines?after={last}&state=else").status_code == 200
    assert Client().get(f"{address}/lines?after=0").status_code == 302, "only for who is inside"


def the_chat_s_last() -> int:
    with viewing(the_house()):
        return ChatLine.objects.latest("pk").pk


def test_a_chat_is_one_person_s_until_they_leave_it() -> None:
    a_chat_house(most_at_once=1)
    laia, marc = an_agent(), an_agent("Marc Vila")
    with viewing(viewer_of(laia)) as viewer:
        presence.arrive(viewer, at=moments.now())
    begin(Client())
    chat = the_chat()
    talk(chat, laia)
    with viewing(viewer_of(marc)) as viewer:
        with pytest.raises(Refused, match="chat_taken"):
            take(chat, viewer=viewer, by=marc, at=moments.now())
        with pytest.raises(Refused, match="chat_not_yours"):
            say(chat, text="Hola", by=staff(marc), at=moments.now())
    with viewing(viewer_of(laia)):
        let_go(chat, by=laia, at=moments.now())
    talk(chat, marc, "Ara soc jo.")
    assert words_in(chat)[-3:] == ["let_go", "joined", "Ara soc jo."]
    begin(Client(), "Una altra cosa")
    with viewing(the_house()):
        other = Chat.objects.exclude(pk=chat.pk).select_related("case__entity").get()
    with viewing(viewer_of(marc)) as viewer, pytest.raises(Refused, match="chats_full"):
        take(other, viewer=viewer, by=marc, at=moments.now())


def test_silence_ends_a_chat_and_calls_somebody_where_nobody_came() -> None:
    a_chat_house()
    laia = an_agent()
    with viewing(viewer_of(laia)) as viewer:
        presence.arrive(viewer, at=moments.now())
    begin(Client())
    chat = the_chat()
    with viewing(the_house()):
        say(chat, text="Hi ha algú?", by=COMPLAINANT, at=moments.now())
    assert silence.end_silent(moments.now()) == 0
    assert silence.end_silent(moments.now() + 6 * MINUTE) == 1
    assert silence.end_silent(moments.now() + 7 * MINUTE) == 0
    chat = the_chat()
    assert chat.ending == Chat.Ending.SILENCE
    with viewing(the_house()):
        assert Alarm.objects.filter(cause=Alarm.Cause.PERSON_WROTE).exists()
        with pytest.raises(Refused, match="chat_ended"):
            say(chat, text="Hola?", by=COMPLAINANT, at=moments.now())


@pytest.mark.parametrize("text", ["", "   ", "a" * 2001])
def test_what_is_no_line_comes_back_with_its_words(text: str) -> None:
    a_chat_house()
    laia = an_agent()
    with viewing(viewer_of(laia)) as viewer:
        presence.arrive(viewer, at=moments.now())
    browser = Client()
    assert begin(browser, text).status_code == 422
    assert cases() == []
    address = begin(browser).url
    token = re.search(r'name="token" value="([^"]+)"', browser.get(address).content.decode())
    assert token
    answer = browser.post(address, {"token": token.group(1), "text": text})
    assert answer.status_code == 409
    assert text.strip()[:1900] in answer.content.decode()


def test_too_many_lines_at_once_wait() -> None:
    a_chat_house()
    laia = an_agent()
    with viewing(viewer_of(laia)) as viewer:
        presence.arrive(viewer, at=moments.now())
    begin(Client())
    chat, at = the_chat(), moments.now()
    with viewing(the_house()):
        for number in range(19):
            say(chat, text=str(number), by=COMPLAINANT, at=at)
        with pytest.raises(Refused, match="too_fast"):
            say(chat, text="20", by=COMPLAINANT, at=at)
        say(chat, text="20", by=COMPLAINANT, at=at + 2 * MINUTE)


def test_whoever_closes_the_page_of_the_chats_is_there_no_more() -> None:
    house, laia = a_chat_house(), an_agent()
    at = moments.now()
    with viewing(viewer_of(laia)) as viewer:
        presence.arrive(viewer, at=at)
        assert presence.is_attended(house.pk, at=at)
        assert presence.stay(viewer, at=at + MINUTE)
        assert presence.is_attended(house.pk, at=at + 2 * MINUTE)
        assert not presence.is_attended(house.pk, at=at + 3 * MINUTE)
        presence.leave(viewer)
        assert not presence.is_attended(house.pk, at=at)


def test_other_words_under_a_form_that_was_sent_come_back_to_be_sent_once_more() -> None:
    a_chat_house()
    laia = an_agent()
    with viewing(viewer_of(laia)) as viewer:
        presence.arrive(viewer, at=moments.now())
    browser = Client()
    address = begin(browser).url
    form = browser.get(address).content.decode()
    token = form.partition('name="token" value="')[2].partition('"')[0]
    assert browser.post(address, {"token": token, "text": "Un momento"}).status_code == 302
    assert browser.post(address, {"token": token, "text": "Un momento"}).status_code == 302
    again = browser.post(address, {"token": token, "text": "Ya lo tengo"})
    assert again.status_code == 409
    assert "Ya lo tengo</textarea>" in again.content.decode()
    assert words_in(the_chat()) == ["A quina hora obriu?", "Un momento"]


def test_the_page_of_a_case_leads_to_the_chat_and_a_new_talk_joins_the_old_one() -> None:
    a_chat_house()
    laia = an_agent()
    with viewing(viewer_of(laia)) as viewer:
        presence.arrive(viewer, at=moments.now())
    browser = Client()
    address = begin(browser, "Bon dia! Fa dos dies que no tenim aigua al carrer Major.").url
    (case,) = cases()
    assert case.subject == "Fa dos dies que no tenim aigua al carrer Major"
    of_case = f"/besos/case/{case.reference}"
    assert f'href="{address}">Continua el xat' in browser.get(of_case).content.decode()
    talk(the_chat(), laia, "Ja hi anem.")
    with viewing(viewer_of(laia)):
        end(the_chat(), ending=Chat.Ending.HOUSE, by=staff(laia), at=moments.now())
    assert f'href="{address}">Parleu-ne per xat' in browser.get(of_case).content.decode()
    page = browser.get(address).content.decode()
    token = page.partition('name="token" value="')[2].partition('"')[0]
    assert browser.post(address, {"token": token, "text": "Una altra cosa"}).status_code == 302
    with viewing(the_house()):
        assert Chat.objects.filter(case=case).count() == 2


def test_words_that_come_as_the_chat_ends_are_a_message_of_the_case() -> None:
    a_chat_house()
    laia = an_agent()
    with viewing(viewer_of(laia)) as viewer:
        presence.arrive(viewer, at=moments.now())
    browser = Client()
    address = begin(browser).url
    form = browser.get(address).content.decode()
    token = form.partition('name="token" value="')[2].partition('"')[0]
    talk(the_chat(), laia, "Obrim a les nou.")
    with viewing(viewer_of(laia)) as viewer:
        end(the_chat(), ending=Chat.Ending.HOUSE, by=staff(laia), at=moments.now())
        presence.leave(viewer)
    sent = browser.post(address, {"token": token, "text": "I els dissabtes?"})
    (case,) = cases()
    assert sent["Location"] == f"/besos/case/{case.reference}"
    assert "I els dissabtes?" in browser.get(sent["Location"]).content.decode()
