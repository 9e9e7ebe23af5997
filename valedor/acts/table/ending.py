"""Acts for what the person says to the answer, and for the end of the case."""

from django.utils.translation import gettext_lazy as _

from valedor.acts import ending
from valedor.acts.act import Act

ACTS = [
    Act(
        noun="acceptance",
        rule="accept_answer",
        group="end",
        title=_("The person agrees with the answer"),
        button=_("They agree"),
        form=ending.HeardForm,
        do=ending.do_accept,
        icon="check",
    ),
    Act(
        noun="contest",
        group="end",
        title=_("The person does not agree"),
        words=_("Somebody who had no part in it takes a second look."),
        button=_("Begin the second look"),
        form=ending.ContestForm,
        do=ending.do_contest,
        why_not=ending.why_no_second_look,
        keeps_draft=True,
        icon="undo",
    ),
    Act(
        noun="withdrawal",
        rule="withdraw",
        group="end",
        title=_("The person does not go on"),
        words=_("The case is closed, and they get a confirmation. Do not press them."),
        button=_("They withdraw it"),
        form=ending.WithdrawalForm,
        do=ending.do_withdraw,
        is_danger=True,
        icon="close",
    ),
    Act(
        noun="closure",
        rule="close",
        group="end",
        title=_("Close the case"),
        words=_("The person is told where they can turn to next; the areas, what came of it."),
        button=_("Close"),
        form=ending.ClosureForm,
        do=ending.do_close,
        heeds_changes=True,
        icon="lock",
    ),
    Act(
        noun="reopening",
        rule="reopen",
        group="end",
        title=_("Reopen the case"),
        words=_("It is owed an answer again, inside limits that begin now."),
        button=_("Reopen"),
        form=ending.ReopeningForm,
        do=ending.do_reopen,
        icon="undo",
    ),
    Act(
        noun="measure",
        rule="tell_measure",
        group="end",
        title=_("Tell of a measure taken since"),
        button=_("Tell them"),
        form=ending.MeasureForm,
        do=ending.do_tell_measure,
        keeps_draft=True,
        icon="bulb",
    ),
]
