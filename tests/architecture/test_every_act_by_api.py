"""What is posted on the desk has its API call, or stands here with the reason why it has none."""

from tests.architecture.post_table import POSTS
from valedor.acts import EVERY_ACT
from valedor.acts.desk import DESK_ACTS
from valedor.acts.office import OFFICE_ACTS
from valedor.api.interface import description

# Done on a page of its own, by API as an act on its case, or by an endpoint that was there before.
BY_ANOTHER_NAME: dict[str, tuple[str, ...]] = {
    "desk:letter": tuple(
        f"/api/v1/cases/{{reference}}/acts/letter-{what}/{{item}}"
        for what in (
            "posting",
            "delivery",
            "return",
            "handover",
            "sending",
            "sending-elsewhere",
            "printing",
        )
    ),
    "desk:call_back": (
        "/api/v1/cases/{reference}/acts/call-attempt/{item}",
        "/api/v1/cases/{reference}/acts/call-cancellation/{item}",
    ),
    "desk:register": ("/api/v1/cases",),
    "desk:counter": ("/api/v1/cases",),
    "desk:call_contact": ("/api/v1/cases",),
    "desk:team": ("/api/v1/acts/giving-out",),
    "desk:papers": ("/api/v1/cases/{reference}/acts/papers",),
    "desk:scan": ("/api/v1/acts/held-filing/{thing}", "/api/v1/acts/held-aside/{thing}"),
    "desk:spam": ("/api/v1/acts/held-sparing/{thing}", "/api/v1/acts/held-aside/{thing}"),
}

# What only a person at the screen does: nothing becomes of it but what they see or type.
OF_THE_SCREEN: dict[str, str] = {
    "desk:beside": "shows guidance beside a form",
    "desk:look": "searches articles beside a form",
    "desk:case_guidance": "remembers how the person in front of one speaks",
    "desk:draft": "keeps what is half typed",
    "desk:draft_drop": "throws one of two drafts away",
    "desk:preview": "shows a letter before it is sent",
    "desk:unsent": "drops what was typed before one had to sign in again",
    "desk:put_article": "puts an article into one's draft; it is sent by message or response",
}

# A person speaks: who takes a call or a chat is who sits there.
OF_WHOEVER_TALKS: dict[str, str] = {
    "desk:calls": "begins a call by hand",
    "desk:call": "takes, passes on and ends a call",
    "desk:call_words": "writes down what a caller says, during the call",
    "desk:call_return": "calls somebody who hung up, and opens the page of that call",
    "desk:chats": "says that one is there for chats",
    "desk:chat": "takes a chat, says something in it, ends it",
    "desk:chat_article": "says an article in a chat",
}

# Whose token acts for somebody of the office is made by that person alone.
OF_THE_OFFICE: dict[str, str] = {
    "desk:office_programs": "makes a token that acts as oneself, behind the wall",
    "desk:office_recommendation_new": "recommends something to the company",
    "desk:office_recommendation": "follows a recommendation up",
    "desk:office_report": "writes the words of the yearly report",
    "desk:office_report_publication": "publishes the yearly report",
    "desk:office_print": "prints letters of the office",
    "desk:office_letter": "sees to a letter of the office",
    "desk:office_held_message": "sorts what came to the office and no machine could read",
    "desk:office_draft": "keeps what is half typed",
    "desk:office_draft_drop": "throws one of two drafts away",
}

# Still the desk's alone.
NOT_YET: dict[str, str] = {
    "desk:recommendation": "answers the ombudsman for the whole company: leads and approvers",
}


def test_every_post_of_the_desk_has_its_call_or_its_reason() -> None:
    posted = {
        post.name
        for post in POSTS
        if post.name.startswith("desk:") and not post.name.startswith("desk:settings:")
    }
    on_cases = {"desk:act", "desk:act_on", "desk:office_act", "desk:office_act_on"}
    by_api = on_cases | {act.page for act in DESK_ACTS.values()}
    known = [by_api, BY_ANOTHER_NAME, OF_THE_SCREEN, OF_WHOEVER_TALKS, OF_THE_OFFICE, NOT_YET]
    accounted = [name for group in known for name in group]
    assert posted - set(accounted) == set(), "an act on a case or contact gets its API call"
    assert set(accounted) - posted == set()
    assert len(accounted) == len(set(accounted))


def test_every_act_is_described_and_answers_at_its_address() -> None:
    paths = set(description()["paths"])
    of_cases = {
        f"/api/v1/cases/{{reference}}/acts/{noun}" + ("/{item}" if act.with_item else "")
        for noun, act in EVERY_ACT.items()
    }
    at_desk = {
        f"/api/v1/acts/{noun}" + ("/{thing}" if act.with_item else "")
        for noun, act in DESK_ACTS.items()
    }
    in_office = {
        f"/api/v1/office/files/{{reference}}/acts/{noun}" + ("/{item}" if act.with_item else "")
        for noun, act in OFFICE_ACTS.items()
    }
    others = {address for found in BY_ANOTHER_NAME.values() for address in found}
    assert (of_cases | at_desk | in_office | others) - paths == set()


def test_every_thing_is_looked_for_before_an_act_on_it_is_shown() -> None:
    """``why_not`` raises ``Http404`` for a thing that is not there, or not for whoever asks."""
    with_things = [act for act in DESK_ACTS.values() if act.with_item]
    assert len(with_things) > 4
    assert [act.noun for act in with_things if act.why_not is None] == []
