"""Ask for the dossier of a case: the worker puts it together."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from valedor.casefile import timeline
from valedor.casefile.access import locked
from valedor.casefile.actors import By
from valedor.casefile.models import Case, Document
from valedor.casefile.viewing import Viewer, the_house, viewing
from valedor.disputes.dossier import rules
from valedor.disputes.dossier.queries import GOING_ON
from valedor.disputes.facts import DossierAsked
from valedor.disputes.models import Dossier
from valedor.disputes.tasks import make_dossier
from valedor.foundation import jobs
from valedor.foundation.pdf_seal.certificates import BadCertificate
from valedor.foundation.pdf_seal.house import seal_certificate
from valedor.foundation.refusals import refuse_if
from valedor.handling.queries import case_state


def ask_for_dossier(
    case: Case,
    *,
    body: str,
    copy: Dossier.Copy,
    language: str,
    with_working: bool = False,
    chosen: Sequence[Document] = (),
    viewer: Viewer,
    by: By | None = None,
    at: datetime,
) -> Dossier:
    """Have a dossier made for a body. Raises ``Refused``.

    ``by`` says who asks where no member of the staff looks: the person whose case it is, or whoever
    acts for them. Theirs is a full copy of what they see. ``chosen`` are the documents that go into
    a redacted copy as they are; into a full one goes every document that its maker may see.
    """
    own = rules.own_seat(viewer)
    with viewing(the_house(case.entity_id)), transaction.atomic():
        case = locked(case)
        refuse_if(rules.why_not_make(case_state(case), viewer.within(case.entity_id)))
        going_on = Dossier.objects.filter(case=case, state__in=GOING_ON)
        refuse_if(
            rules.why_not_ask(
                viewer,
                body=body,
                with_working=with_working,
                can_seal=_can_seal(at),
                going_on=[one for one in going_on if one.seats & int(own)],
                within_a_day=Dossier.objects.filter(
                    case=case, seats=int(own), at__gt=at - timedelta(days=1)
                ).count(),
            )
        )
        dossier = Dossier.objects.create(
            case=case,
            entity_id=case.entity_id,
            seats=int(own),
            body=body.strip(),
            copy=copy,
            language=language,
            with_working=with_working,
            chosen=[one.pk for one in chosen] if copy == Dossier.Copy.REDACTED else [],
            by=viewer.account,
            at=at,
        )
        if by is not None:
            asked = DossierAsked(dossier=dossier.pk, body=dossier.body)
            timeline.record(case, asked, by=by, at=at)
        jobs.enqueue(make_dossier, dossier_id=dossier.pk)
    return dossier


def _can_seal(at: datetime) -> bool:
    try:
        seal_certificate(at=at)
    except BadCertificate:
        return False
    return True
