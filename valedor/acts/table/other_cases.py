"""Acts that join cases and part them."""

from django.utils.translation import gettext_lazy as _

from valedor.acts import assessing, joining, things
from valedor.acts.act import Act

ACTS = [
    Act(
        noun="relation",
        rule="relate",
        group="others",
        title=_("Relate to another case"),
        words=_("Each of the two points to the other. Nothing is moved."),
        button=_("Relate"),
        form=joining.RelationForm,
        do=joining.do_relate,
        icon="link",
    ),
    Act(
        noun="relations",
        items=things.relations,
        title=_("They are not related after all"),
        button=_("Take it back"),
        do=joining.do_end,
        why_not=joining.why_not_end,
    ),
    Act(
        noun="merger",
        rule="merge",
        group="others",
        title=_("Merge with another case"),
        words=_(
            "Only where both are about the same matter. The one that was received first goes on, "
            "with its limits; both references, codes and links lead there. It can be taken back."
        ),
        button=_("Merge"),
        form=joining.MergeForm,
        initial=joining.likely_other,
        do=joining.do_merge,
        heeds_changes=True,
        icon="link",
    ),
    Act(
        noun="mergers",
        items=things.mergers,
        title=_("Take the merge back"),
        words=_("The case goes on by itself, its limits counted as if nothing had been."),
        button=_("Take the merge back"),
        form=assessing.ReasonForm,
        do=joining.do_take_back,
        why_not=joining.why_not_take_back,
    ),
    Act(
        noun="repetitions",
        items=things.repetitions,
        title=_("Keep the two cases apart"),
        words=_("Something speaks for one matter, and it is two. The hint goes; why is kept."),
        button=_("Keep them apart"),
        form=joining.ApartForm,
        do=joining.do_keep_apart,
        why_not=joining.why_not_apart,
    ),
    Act(
        noun="split",
        rule="split",
        group="others",
        title=_("Take a part out as a case of its own"),
        words=_(
            "It is registered with a reference of its own, as received when the person said it."
        ),
        button=_("Take it out"),
        form=joining.SplitForm,
        do=joining.do_split,
        heeds_changes=True,
        icon="link",
    ),
]
