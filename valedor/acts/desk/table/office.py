"""Acts on what passes between the company and the ombudsman's office."""

from django.utils.translation import gettext_lazy as _

from valedor.acts.desk import declaring, hearings
from valedor.acts.desk.desk_act import DeskAct
from valedor.people.permissions import Permission

_SPEAKING = (Permission.HANDLE, Permission.AUDIT)

ACTS = [
    DeskAct(
        noun="hearing-answer",
        page="desk:hearing",
        title=_("Answer the ombudsman"),
        permissions=_SPEAKING,
        form=hearings.StatementForm,
        things=hearings.asked,
        why_not=hearings.why_not_answer,
        do=hearings.do_answer,
        with_files=True,
    ),
    DeskAct(
        noun="hearing-offer",
        page="desk:hearing",
        title=_("Say yes or no to a proposal"),
        permissions=_SPEAKING,
        form=hearings.OfferForm,
        things=hearings.offers,
        why_not=hearings.why_not_answer_offer,
        do=hearings.do_answer_offer,
    ),
    DeskAct(
        noun="hearing-opinion",
        page="desk:hearing",
        title=_("Say whether the company follows an opinion"),
        permissions=_SPEAKING,
        form=hearings.OpinionForm,
        things=hearings.opinions,
        why_not=hearings.why_not_answer_opinion,
        do=hearings.do_answer_opinion,
    ),
    DeskAct(
        noun="hearing-done",
        page="desk:hearing",
        title=_("Say what was done of an opinion"),
        permissions=_SPEAKING,
        form=hearings.DoneForm,
        things=hearings.opinions_answered,
        why_not=hearings.why_not_say_done,
        do=hearings.do_say_done,
    ),
    DeskAct(
        noun="hearing-proposal",
        page="desk:hearing_proposal",
        title=_("Propose to settle"),
        permissions=(Permission.HANDLE,),
        form=hearings.ProposalForm,
        things=hearings.asked_or_offered,
        why_not=hearings.why_not_propose,
        do=hearings.do_propose,
    ),
    DeskAct(
        noun="declaration",
        page="desk:office_declaration",
        title=_("Declare what ties one to the company"),
        permissions=(Permission.WORK_IN_OFFICE,),
        form=declaring.DeclarationForm,
        why_not=declaring.why_not_declare,
        do=declaring.do_declare,
    ),
]
