"""Words of a closed list: the database takes no other.

A form checks the choices of a column, but imports, jobs and programs pass no form.
"""

import re
from typing import TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

Row = TypeVar("Row", bound=models.Model)


def known_words_only(model: type[Row]) -> type[Row]:
    """Have the database refuse what is none of the choices of a column of this model.

    Each constraint is a sentence: ``letter_state_is_known``, ``api_token_scopes_are_known``. A
    further choice changes it, so that ``makemigrations`` asks for a migration.
    """
    options = model._meta
    held = [*options.constraints]
    for field in options.local_fields:
        if isinstance(field, ArrayField):
            if words := _words_of(field.base_field):
                condition = models.Q(**{f"{field.name}__contained_by": words})
                held.append(_named(model, f"{field.name}_are_known", condition))
        elif words := _words_of(field):
            known = [*words, ""] if field.blank and "" not in words else words
            condition = models.Q(**{f"{field.name}__in": known})
            held.append(_named(model, f"{field.name}_is_known", condition))
    options.constraints = held
    # What makemigrations compares: it asks first whether the model said anything of constraints.
    options.original_attrs["constraints"] = held
    return model


def _words_of(field: "models.Field[object, object]") -> list[object]:
    return [word for word, _label in field.flatchoices]


def _named(model: type[models.Model], ending: str, condition: models.Q) -> models.CheckConstraint:
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", model.__name__).lower()
    return models.CheckConstraint(name=f"{words}_{ending}", condition=condition)
