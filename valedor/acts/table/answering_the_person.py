"""Acts that answer the person, or tell them that it takes longer."""

from django.utils.translation import gettext_lazy as _

from valedor.acts import answering, contacts
from valedor.acts.act import Act

ACTS = [
    Act(
        noun="thanks",
        rule="pass_on",
        group="answer",
        title=_("Pass the thanks on"),
        words=_("To the person or the area that is thanked. Whoever wrote sees that they got it."),
        button=_("Pass them on"),
        form=contacts.PassOnForm,
        do=contacts.do_pass_on,
        concerns=contacts.is_thanks,
        keeps_draft=True,
        icon="send",
    ),
    Act(
        noun="response",
        rule="respond",
        group="answer",
        title=_("Answer"),
        button=_("Send the answer"),
        form=answering.ResponseForm,
        do=answering.do_respond,
        more=answering.letter_preview,
        keeps_draft=True,
        heeds_changes=True,
        icon="mail",
    ),
    Act(
        noun="answer-taken-back",
        rule="take_back_answer",
        title=_("Take the answer back"),
        words=_("It has not left yet. What you had written is a draft again."),
        button=_("Take it back"),
        do=answering.do_take_back,
    ),
    Act(
        noun="extension",
        rule="extend",
        group="answer",
        title=_("Extend the time to answer"),
        words=_("The person is told the new day and why."),
        button=_("Extend"),
        form=answering.ExtensionForm,
        do=answering.do_extend,
        keeps_draft=True,
        icon="clock",
    ),
    Act(
        noun="delay-notice",
        rule="tell_delay",
        group="answer",
        title=_("Tell the person that it takes longer"),
        words=_("No legal limit moves by it. Where a first word is owed, this is that word."),
        button=_("Tell them"),
        form=answering.DelayForm,
        do=answering.do_tell_delay,
        keeps_draft=True,
        icon="clock",
    ),
]
