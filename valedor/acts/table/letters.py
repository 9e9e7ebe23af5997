"""Acts on a letter, which has a page of its own on the desk."""

from django.utils.translation import gettext_lazy as _

from valedor.acts import papers, things
from valedor.acts.act import Act

ACTS = [
    Act(
        noun="letter-posting",
        items=things.letters,
        title=_("It was posted"),
        words=_("With proof it counts from the moment it was posted."),
        button=_("It was posted"),
        form=papers.PostedForm,
        initial=papers.just_now("posted_at"),
        do=papers.do_post,
        why_not=papers.why_not_deliver,
        with_files=True,
    ),
    Act(
        noun="letter-delivery",
        items=things.letters,
        title=_("It was delivered"),
        words=_("The proof is kept with the case: the slip, or what the post says."),
        button=_("It was delivered"),
        form=papers.DeliveredForm,
        initial=papers.just_now("delivered_at"),
        do=papers.do_prove,
        why_not=papers.why_not_prove,
        with_files=True,
    ),
    Act(
        noun="letter-return",
        items=things.letters,
        title=_("It came back"),
        words=_("It counts as never sent from then on, and whoever holds the case is called."),
        button=_("It came back"),
        form=papers.ReturnedForm,
        initial=papers.just_now("returned_at"),
        do=papers.do_take_back,
        why_not=papers.why_not_take_back,
        with_files=True,
    ),
    Act(
        noun="letter-handover",
        items=things.letters,
        title=_("Handed over"),
        button=_("Handed over"),
        do=papers.do_hand_over,
        why_not=papers.why_not_deliver,
    ),
    Act(
        noun="letter-sending",
        items=things.letters,
        title=_("Send by e-mail"),
        button=_("Send by e-mail"),
        do=papers.do_send,
        why_not=papers.why_not_send,
    ),
    Act(
        noun="letter-sending-elsewhere",
        items=things.letters,
        title=_("By e-mail instead"),
        button=_("Send it there"),
        form=papers.AnotherWayForm,
        do=papers.do_send,
        why_not=papers.why_not_send_elsewhere,
    ),
    Act(
        noun="letter-printing",
        items=things.letters,
        title=_("Print it once more…"),
        button=_("Print it with the next letters"),
        form=papers.PrintAgainForm,
        do=papers.do_print,
        why_not=papers.why_not_print,
    ),
]
