"""A story about an order: placed or read from words, perhaps confirmed, prepared, delivered, or
cancelled.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from valedor.casefile.actors import staff
from valedor.config.demonstration.life.visiting import Visiting
from valedor.config.demonstration.stories import StoryWrong
from valedor.foundation.moments import local_day
from valedor.orders.actions.advance import confirm, fulfil, prepare
from valedor.orders.actions.cancel import cancel
from valedor.orders.actions.place import name_product, place_order
from valedor.orders.models import Product
from valedor.people.models import Role


class Ordering(Visiting):
    """From what somebody ordered to what came of it."""

    def _receive(self) -> Iterator[datetime]:
        wanted = self.story.order
        if not wanted:
            yield from super()._receive()
            return
        product = Product.objects.filter(entity=self.entity, key=wanted["product"]).first()
        if product is None:
            raise StoryWrong(f"“{self.story.title}”: nobody orders {wanted['product']} here.")
        if wanted.get("in_words"):
            yield from super()._receive()
            self._name_product(product)
        else:
            self._place(product)
        self._is_over = True
        yield from self._go_on()

    def _place(self, product: Product) -> None:
        author = self._author()
        done = place_order(
            self._submission(),
            product=product,
            answers=self.story.order["answers"],
            address=self.story.person.get("address", ""),
            by=author,
            at=self.at,
        )
        self.case, self.access_code = done.registration.case, done.registration.access_code

    def _name_product(self, product: Product) -> None:
        """It came as words: somebody reads what it orders."""
        agent = self.one_of(Role.AGENT)
        with self.as_staff(agent):
            name_product(
                self.the_case,
                product=product,
                answers=self.story.order["answers"],
                address=self.story.person.get("address", ""),
                by=staff(agent),
                at=self.at,
            )

    def _go_on(self) -> Iterator[datetime]:
        wanted, agent = self.story.order, self.one_of(Role.AGENT)
        if "confirmed" in wanted:
            yield self.later(hours=4)
            day = local_day(self.at, self.entity.timezone)
            with self.as_staff(agent):
                confirm(
                    self.the_case,
                    ready_on=day + timedelta(days=wanted.get("ready_after", 5)),
                    words=wanted["confirmed"],
                    by=staff(agent),
                    at=self.at,
                )
        for name, step in (("prepared", prepare), ("delivered", fulfil)):
            if name in wanted:
                yield self.later(days=1.5)
                with self.as_staff(agent):
                    step(self.the_case, words=wanted[name], by=staff(agent), at=self.at)
        if "cancelled" in wanted:
            yield self.sooner(hours=10)
            with self.as_person():
                cancel(self.the_case, reason=wanted["cancelled"], by=self.person(), at=self.at)
        if "called_off" in wanted:
            yield self.later(days=1)
            with self.as_staff(agent):
                cancel(self.the_case, reason=wanted["called_off"], by=staff(agent), at=self.at)
