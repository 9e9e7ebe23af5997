"""Acts on one's own work and that of others: given out, booked, ordered, answered, days away."""

from django.utils.translation import gettext_lazy as _

from valedor.acts.desk import absences, areas, booking, giving_out, ordering, people, thanks
from valedor.acts.desk.desk_act import DeskAct
from valedor.people.permissions import Permission

ACTS = [
    DeskAct(
        noun="giving-out",
        page="desk:give_out",
        title=_("Give several out"),
        words=_("Each case on its own: what is refused for one does not stop the others."),
        permissions=(Permission.ASSIGN,),
        form=giving_out.GivingOutForm,
        do=giving_out.do_give_out,
    ),
    DeskAct(
        noun="passing-on",
        page="desk:leaving",
        title=_("Give out everything that somebody holds"),
        permissions=(Permission.ASSIGN,),
        form=giving_out.LeavingForm,
        things=giving_out.people_led,
        why_not=giving_out.why_not_pass_on,
        do=giving_out.do_pass_all_on,
    ),
    DeskAct(
        noun="booking",
        page="desk:booking_new",
        title=_("Book a time"),
        permissions=(Permission.REGISTER,),
        form=booking.BookingForm,
        things=booking.services,
        why_not=booking.why_not_book,
        do=booking.do_book,
    ),
    DeskAct(
        noun="area-answer",
        page="desk:inquiry",
        title=_("Answer for the area"),
        permissions=(Permission.ANSWER_AS_AREA,),
        form=areas.AnswerForm,
        things=areas.asked,
        why_not=areas.why_not_answer,
        do=areas.do_answer,
        with_files=True,
    ),
    DeskAct(
        noun="area-notice",
        page="desk:area_notice",
        title=_("Say that the area has read what came of a case"),
        permissions=(Permission.ANSWER_AS_AREA,),
        things=areas.notices,
        why_not=areas.why_not_read_notice,
        do=areas.do_read_notice,
    ),
    DeskAct(
        noun="thanks-reading",
        page="desk:thanks_read",
        title=_("Say that one has read what one was thanked for"),
        things=thanks.unread,
        why_not=thanks.why_not_read,
        do=thanks.do_read,
    ),
    DeskAct(
        noun="absence",
        page="desk:absences",
        title=_("Say when somebody is away"),
        form=absences.AbsenceForm,
        do=absences.do_set,
    ),
    DeskAct(
        noun="absence-end",
        page="desk:absence_end",
        title=_("Somebody is back, or does not go"),
        things=absences.absences,
        why_not=absences.why_not_end,
        do=absences.do_end,
    ),
    DeskAct(
        noun="person-merger",
        page="desk:persons",
        title=_("Two records are one person"),
        permissions=(Permission.CORRECT, Permission.AUDIT),
        form=people.MergeForm,
        do=people.do_merge,
    ),
    DeskAct(
        noun="person-parting",
        page="desk:person_parting",
        title=_("They are two people after all"),
        permissions=(Permission.CORRECT, Permission.AUDIT),
        things=people.no_list,
        why_not=people.why_not_part,
        do=people.do_part,
    ),
    DeskAct(
        noun="order",
        page="desk:order_new",
        title=_("Take an order"),
        permissions=(Permission.REGISTER,),
        form=ordering.OrderingForm,
        things=ordering.products,
        why_not=ordering.why_not_order,
        do=ordering.do_order,
    ),
]
