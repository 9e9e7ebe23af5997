"""An order taken for somebody at the telephone or at the counter."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.http import Http404
from django.utils.translation import gettext as _

from valedor.acts.desk.desk_act import Desk
from valedor.acts.forms.order import DeskOrderForm
from valedor.acts.reading.orders import entities_with_products
from valedor.casefile.models import Case
from valedor.channels.web_form.ordering import ASKED, submission_of
from valedor.orders.actions.place import Placed, place_order
from valedor.orders.models import Product
from valedor.orders.queries import product_of, products_of
from valedor.people.models import Entity
from valedor.procedures.house_rules import house_rules


class OrderingForm(DeskOrderForm):
    """The questions of what the address names."""

    grows: ClassVar[str] = ASKED

    def __init__(self, situation: Desk, data: Any = None, _files: Any = None) -> None:
        self.situation = situation
        entity, product = ordered_at(situation)
        super().__init__(entity, product, data)

    def clean(self) -> dict[str, Any]:
        """With the form itself, which makes the submission."""
        return super().clean() | {"form": self}


def products(desk: Desk) -> list[tuple[str, str]]:
    """What can be ordered, as ``besos:copy``."""
    return [
        (f"{entity.key}:{one.key}", f"{one.name}, {entity.name}")
        for entity in entities_with_products(desk.viewer)
        for one in products_of(house_rules(entity.pk))
    ]


def ordered_at(desk: Desk) -> tuple[Entity, Product]:
    """The entity and the product that the address names. Raises ``Http404``."""
    entity_key, _colon, product_key = desk.thing.partition(":")
    for entity in entities_with_products(desk.viewer):
        product = product_of(house_rules(entity.pk), product_key)
        if entity.key == entity_key and product is not None:
            return entity, product
    raise Http404


def why_not_order(desk: Desk) -> None:
    """Nothing stands against it; what cannot be ordered is not there."""
    ordered_at(desk)


def do_order(desk: Desk, given: Mapping[str, Any]) -> str:
    entity, product = ordered_at(desk)
    done = order_for(desk, entity, product, given["form"])
    desk.reference = done.registration.case.reference
    desk.code = done.registration.access_code
    return _("Written down: now confirm it, or let others do so.")


def order_for(desk: Desk, entity: Entity, product: Product, form: DeskOrderForm) -> Placed:
    """What a valid form asks for, registered by its author. Raises ``Refused``."""
    house = house_rules(entity.pk)
    notice = house.privacy_notice
    submission = submission_of(
        form,
        house,
        channel=Case.Channel(form.cleaned_data["channel"]),
        language=form.cleaned_data["language"],
        received_at=desk.at,
        privacy_notice_id=notice.pk if notice else None,
    )
    return place_order(
        submission,
        product=product,
        answers=form.answers,
        address=form.address_given,
        by=desk.by,
        at=desk.at,
    )
