"""What is written down at the counter, and what somebody hands in there."""

from typing import Any

from valedor.casefile.models import Case
from valedor.desk.forms.call import CallForm


class CounterForm(CallForm):
    """A contact in person. It reached the house when whoever came began to tell it."""

    def clean(self) -> dict[str, Any]:
        """The same, by another way."""
        given = super().clean()
        given["channel"] = Case.Channel.IN_PERSON
        return given
