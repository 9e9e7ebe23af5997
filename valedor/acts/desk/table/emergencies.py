"""Acts on incidents and duty."""

from django.utils.translation import gettext_lazy as _

from valedor.acts.desk import duty, incidents, telling_many
from valedor.acts.desk.desk_act import DeskAct
from valedor.acts.desk.people import no_list
from valedor.people.permissions import Permission

WORKS = (Permission.HANDLE, Permission.ANSWER_ENQUIRIES)

ACTS = [
    DeskAct(
        noun="incident",
        page="desk:incident_new",
        title=_("Declare an incident"),
        permissions=(Permission.HANDLE,),
        form=incidents.IncidentForm,
        things=incidents.entities,
        why_not=incidents.why_not_declare,
        do=incidents.do_declare,
    ),
    DeskAct(
        noun="incident-gathering",
        page="desk:incident",
        title=_("Gather cases in an incident"),
        words=_("Each case on its own: what is refused for one does not stop the others."),
        permissions=(Permission.SEE_CASES,),
        form=incidents.GatheringForm,
        things=no_list,
        why_not=incidents.why_not_gather,
        do=incidents.do_gather,
    ),
    DeskAct(
        noun="incident-news",
        page="desk:incident",
        title=_("Tell more of an incident"),
        permissions=(Permission.SEE_CASES,),
        form=incidents.NewsForm,
        things=no_list,
        why_not=incidents.why_not_tell,
        do=incidents.do_tell,
    ),
    DeskAct(
        noun="incident-end",
        page="desk:incident",
        title=_("An incident is over"),
        permissions=(Permission.SEE_CASES,),
        form=incidents.OverForm,
        things=no_list,
        why_not=incidents.why_not_end,
        do=incidents.do_end,
    ),
    DeskAct(
        noun="incident-closing",
        page="desk:incident",
        title=_("Close an incident"),
        permissions=(Permission.SEE_CASES,),
        things=no_list,
        why_not=incidents.why_not_close,
        do=incidents.do_close,
    ),
    DeskAct(
        noun="incident-answer",
        page="desk:incident_answer",
        title=_("Answer all cases of an incident"),
        words=_("Each in its language and by its channel, with its own decisions and redress."),
        permissions=(Permission.HANDLE,),
        form=telling_many.AnswerAllForm,
        things=no_list,
        why_not=telling_many.why_not_answer,
        do=telling_many.do_answer,
    ),
    DeskAct(
        noun="incident-answer-rest",
        page="desk:incident_answer",
        title=_("The same answer to the cases that joined since"),
        permissions=(Permission.HANDLE,),
        form=telling_many.RestForm,
        things=no_list,
        why_not=telling_many.why_not_answer_rest,
        do=telling_many.do_answer_rest,
    ),
    DeskAct(
        noun="incident-notice",
        page="desk:incident_send",
        title=_("Tell those affected"),
        permissions=(Permission.HANDLE,),
        form=telling_many.NoticeForm,
        things=no_list,
        why_not=telling_many.why_not_send,
        do=telling_many.do_send,
    ),
    DeskAct(
        noun="duty-taking",
        page="desk:duty",
        title=_("Attend to an emergency"),
        permissions=WORKS,
        things=duty.call_outs,
        why_not=duty.why_not_take,
        do=duty.do_take,
    ),
    DeskAct(
        noun="duty-change",
        page="desk:duty",
        title=_("Somebody else is on duty for a while"),
        permissions=WORKS,
        form=duty.DutyChangeForm,
        things=duty.plans,
        why_not=duty.why_not_change,
        do=duty.do_change,
    ),
    DeskAct(
        noun="duty-change-end",
        page="desk:duty",
        title=_("The weekly plan holds again"),
        permissions=WORKS,
        things=duty.changes,
        why_not=duty.why_not_withdraw,
        do=duty.do_withdraw,
    ),
]
