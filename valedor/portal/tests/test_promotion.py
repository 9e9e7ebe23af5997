"""The person sees what they said yes to and takes it back; nobody asks them for a yes."""

from tests.cast import Cast, a_consent, acting, days
from valedor.casefile.models import Case
from valedor.people.models import PromotionConsent

from .walking import Filed, Visitor, text_of, token_of


def _inside(cast: Cast) -> tuple[Visitor, Filed, Case]:
    visitor = Visitor()
    filed = visitor.file()
    with acting(cast):
        return visitor, filed, Case.objects.get(reference=filed.reference)


def test_nothing_is_asked_before_or_while_somebody_complains(cast: Cast) -> None:
    visitor, filed, _case = _inside(cast)
    pages = [
        visitor.get("/besos/complain"),
        visitor.review(),
        filed.receipt,
        visitor.get(f"/besos/case/{filed.reference}"),
    ]
    for page in pages:
        assert "romotion" not in text_of(page)
    assert visitor.get(f"/besos/case/{filed.reference}/promotion").status_code == 404
    assert not PromotionConsent.objects.exists()


def test_seen_with_its_origin_and_taken_back(cast: Cast) -> None:
    visitor, filed, case = _inside(cast)
    a_consent(case, cast.bruno)
    address = f"/besos/case/{filed.reference}/promotion"
    assert address in text_of(visitor.get(f"/besos/case/{filed.reference}"))
    page = text_of(visitor.get(address))
    assert "Sí, quiero recibir ofertas" in page
    assert "M-12" in page
    done = visitor.post(address, {"token": token_of(page)})
    assert done.status_code == 302
    consent = PromotionConsent.objects.get()
    assert (consent.withdrawn_through, consent.withdrawn_by) == ("web_form", None)
    assert "nothing promotional is sent to you" in text_of(visitor.get(address))


def test_of_this_entity_only_and_not_with_another_form(cast: Cast) -> None:
    visitor, filed, case = _inside(cast)
    a_consent(case, cast.dario, entity_id=cast.ipe.pk, given_at=days(-9), recorded_at=days(-9))
    address = f"/besos/case/{filed.reference}/promotion"
    assert visitor.get(address).status_code == 404
    a_consent(case, cast.bruno)
    assert visitor.post(address, {"token": "forged"}).status_code == 422
    assert PromotionConsent.objects.filter(withdrawn_at=None).count() == 2
