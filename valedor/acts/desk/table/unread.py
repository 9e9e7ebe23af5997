"""Acts on what no machine could read, and on public messages."""

from django.utils.translation import gettext_lazy as _

from valedor.acts.desk import held, public
from valedor.acts.desk.desk_act import DeskAct
from valedor.acts.desk.people import no_list
from valedor.acts.reading.unread import LOOKS
from valedor.people.permissions import Permission

ACTS = [
    DeskAct(
        noun="held-filing",
        page="desk:held_message",
        title=_("Into a case"),
        words=_("It counts from the moment it reached us."),
        permissions=LOOKS,
        form=held.HeldFilingForm,
        things=no_list,
        why_not=held.why_not_sort,
        do=held.do_file,
    ),
    DeskAct(
        noun="held-aside",
        page="desk:held_message",
        title=_("Nothing comes of it"),
        permissions=LOOKS,
        form=held.AsideForm,
        things=no_list,
        why_not=held.why_not_sort,
        do=held.do_set_aside,
    ),
    DeskAct(
        noun="held-taking-up",
        page="desk:held_message",
        title=_("It was set aside too soon"),
        permissions=LOOKS,
        things=no_list,
        why_not=held.why_not_take_up,
        do=held.do_take_up,
    ),
    DeskAct(
        noun="held-sparing",
        page="desk:held_message",
        title=_("It is no spam: register it"),
        permissions=LOOKS,
        things=no_list,
        why_not=held.why_not_spare_it,
        do=held.do_spare,
    ),
    DeskAct(
        noun="held-row",
        page="desk:held_row",
        title=_("Read the row again, corrected"),
        permissions=LOOKS,
        form=held.HeldRowForm,
        things=no_list,
        why_not=held.why_not_take_row,
        do=held.do_take_row,
    ),
    DeskAct(
        noun="held-row-aside",
        page="desk:held_row",
        title=_("Nothing comes of it"),
        permissions=LOOKS,
        form=held.AsideForm,
        things=no_list,
        why_not=held.why_not_take_row,
        do=held.do_set_row_aside,
    ),
    DeskAct(
        noun="public-message",
        page="desk:public_message_new",
        title=_("Note a public message"),
        words=_("Its author is asked before anything of it comes into a case."),
        permissions=(Permission.REGISTER,),
        form=public.NotingForm,
        things=public.entities,
        why_not=public.why_not_note,
        do=public.do_note,
    ),
]
