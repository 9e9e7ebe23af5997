"""Who else is let in to a case: the acts of the house, on a mandate on paper."""

from django.utils.translation import gettext_lazy as _

from valedor.acts import participating
from valedor.acts.act import Act


def acts_in(group: str) -> list[Act]:
    """The same two on the desk of the company and on that of the office."""
    return [
        Act(
            noun="participant",
            group=group,
            title=_("Let somebody in on a mandate"),
            words=_(
                "A representative, an association, an interpreter. They get a way in of their own, "
                "and what they do is told under their name. The person is told."
            ),
            button=_("Let them in"),
            form=participating.ParticipantForm,
            do=participating.do_let_in,
            why_not=participating.why_not,
            icon="people",
        ),
        Act(
            noun="participants",
            items=participating.inside,
            title=_("Let somebody out"),
            words=_("Their link and their code open nothing from that moment."),
            button=_("Let them out"),
            form=participating.LetOutForm,
            do=participating.do_let_out,
            why_not=participating.why_not_out,
            heading=participating.heading,
            is_danger=True,
            icon="people",
        ),
    ]


ACTS = acts_in("correct")
