"""Acts on what the organisation knows and how it speaks."""

from django.utils.translation import gettext_lazy as _

from valedor.acts.desk import writing
from valedor.acts.desk.desk_act import DeskAct
from valedor.acts.desk.people import no_list
from valedor.people.permissions import Permission

READS = (Permission.SEE_CASES, Permission.EDIT_KNOWLEDGE)

ACTS = [
    DeskAct(
        noun="article",
        page="desk:article_new",
        title=_("Write an article"),
        permissions=(Permission.EDIT_KNOWLEDGE,),
        form=writing.NewArticleForm,
        do=writing.do_write,
    ),
    DeskAct(
        noun="article-version",
        page="desk:article_edit",
        title=_("Write the next version of an article"),
        words=_("What is left out stays as the last version says it."),
        permissions=(Permission.EDIT_KNOWLEDGE,),
        form=writing.NextVersionForm,
        things=no_list,
        why_not=writing.why_not_write,
        do=writing.do_write_on,
    ),
    DeskAct(
        noun="article-publishing",
        page="desk:article",
        title=_("Publish what was saved last"),
        permissions=READS,
        things=no_list,
        why_not=writing.why_not_publish,
        do=writing.do_publish,
    ),
    DeskAct(
        noun="article-withdrawal",
        page="desk:article",
        title=_("Withdraw an article"),
        words=_("It is shown no longer, and its versions stay."),
        permissions=READS,
        things=no_list,
        why_not=writing.why_not_withdraw,
        do=writing.do_withdraw,
    ),
    DeskAct(
        noun="guidance",
        page="desk:sheet_edit",
        title=_("Write a sheet of guidance"),
        words=_("What is saved is shown at once; what is left out stays."),
        permissions=(Permission.EDIT_KNOWLEDGE,),
        form=writing.WordingForm,
        things=no_list,
        why_not=writing.why_not_word,
        do=writing.do_word,
    ),
    DeskAct(
        noun="impressions",
        page="desk:guidance",
        title=_("Say how long an impression is kept"),
        permissions=READS,
        form=writing.KeepingForm,
        things=writing.entities_read,
        why_not=writing.why_not_keep,
        do=writing.do_keep,
    ),
]
