"""The interface as a whole: its endpoints, its failures, its description."""

import json
from typing import Any

from django.utils import translation
from ninja import NinjaAPI
from ninja.errors import ValidationErrorContext

from valedor.api import acting, acting_at_desk, acting_in_office
from valedor.api.acts_described import spell_out_acts
from valedor.api.faults import faults_in
from valedor.api.problems import MEDIA_TYPE, FaultsFound, answer_with_problems
from valedor.api.reading import ROUTERS
from valedor.api.registering import router


class Interface(NinjaAPI):
    """The library's, whose failures are told and described as the problem documents they are."""

    def validation_error_from_error_contexts(
        self, error_contexts: list[ValidationErrorContext[Any]]
    ) -> FaultsFound:
        """Our own words for what cannot be taken, while it is known what was expected."""
        return FaultsFound(
            [
                fault
                for context in error_contexts
                for fault in faults_in(
                    context.pydantic_validation_error,
                    context.model,
                    context.model.__ninja_param_source__,
                )
            ]
        )

    def get_openapi_schema(self, **options: Any) -> Any:
        with translation.override("en"):
            document = super().get_openapi_schema(**options)
            spell_out_acts(document)
        for methods in document["paths"].values():
            for operation in methods.values():
                for status, answer in operation["responses"].items():
                    content = answer.get("content")
                    if int(status) >= 400 and content and "application/json" in content:
                        content[MEDIA_TYPE] = content.pop("application/json")
        return document


api = Interface(
    title="Valedor",
    version="1",
    description=(
        "Register and follow cases. Every moment carries an offset; every POST carries an "
        "Idempotency-Key; every failure is a problem document (RFC 9457) with a stable code."
    ),
    urls_namespace="api-v1",
    docs_url=None,
)
api.add_router("", router)
api.add_router("", acting.router)
api.add_router("", acting_at_desk.router)
api.add_router("", acting_in_office.router)
for _router in ROUTERS:
    api.add_router("", _router)
answer_with_problems(api)


def description() -> dict[str, Any]:
    """The OpenAPI document, as it is committed."""
    document = api.get_openapi_schema(path_prefix="/api/v1/")
    return dict(json.loads(json.dumps(document)))
