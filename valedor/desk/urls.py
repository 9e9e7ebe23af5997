"""The staff's addresses (contracts: ``/desk/…``)."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from .views import (
    absences,
    acts,
    cases,
    held,
    mails,
    people,
    persons,
    queues,
    register,
    search,
    unsent,
    work,
)

app_name = "desk"
_CASE = "cases/<str:reference>"


def _settings() -> list[URLResolver]:
    """The screens of the settings, once they are there."""
    if find_spec("valedor.desk.urls_settings") is None:
        return []
    return [path("settings/", include("valedor.desk.urls_settings"))]


urlpatterns: list[URLPattern | URLResolver] = [
    path("", queues.queues, name="queues"),
    path("filters", queues.filters, name="filters"),
    path("search", search.find, name="search"),
    path("register", register.register_contact, name="register"),
    path("register/asked", register.asked, name="register_asked"),
    path("register/known", register.known, name="register_known"),
    path("alarms", work.alarms, name="alarms"),
    path("marked", work.marked, name="marked"),
    path("letters", work.letters, name="letters"),
    path("letters/<int:letter_id>", work.letter, name="letter"),
    path("letters/<int:letter_id>/paper", work.letter_paper, name="letter_paper"),
    path("imports", held.files, name="imports"),
    path("held", held.held, name="held"),
    path("held/messages/<int:raw_id>", held.message, name="held_message"),
    path("held/messages/<int:raw_id>/content", held.content, name="held_content"),
    path("held/rows/<int:reject_id>", held.row, name="held_row"),
    path("approvals", work.approvals, name="approvals"),
    path("inquiries", people.inquiries, name="inquiries"),
    path("inquiries/<int:inquiry_id>", people.inquiry, name="inquiry"),
    path("inquiries/notices/<int:notice_id>", people.area_notice, name="area_notice"),
    path("team", people.team, name="team"),
    path("reads", people.reads, name="reads"),
    path("account", people.account, name="account"),
    path("unsent", unsent.unsent, name="unsent"),
    path("people", persons.persons, name="persons"),
    path("people/merges/<int:merge_id>/end", persons.parting, name="person_parting"),
    path("absences", absences.absences, name="absences"),
    path("absences/<int:absence_id>/end", absences.absence_end, name="absence_end"),
    *_settings(),
    path(_CASE, cases.case, name="case"),
    path(f"{_CASE}/counting/<int:deadline_id>", cases.counting, name="counting"),
    path(f"{_CASE}/documents/<int:document_id>", cases.document, name="document"),
    path(f"{_CASE}/mails/<int:raw_id>", mails.mail, name="mail"),
    path(f"{_CASE}/mails/<int:raw_id>/laid-out", mails.mail_laid_out, name="mail_laid_out"),
    path(f"{_CASE}/mails/<int:raw_id>/content", mails.mail_content, name="mail_content"),
    path(f"{_CASE}/receipt", cases.receipt, name="receipt"),
    path(f"{_CASE}/letters", work.case_letters, name="case_letters"),
    path(f"{_CASE}/reads", cases.case_reads, name="case_reads"),
    path(f"{_CASE}/drafts/<str:name>", acts.draft, name="draft"),
    path(f"{_CASE}/response/preview", acts.preview, name="preview"),
    path(f"{_CASE}/<slug:noun>", acts.act, name="act"),
    path(f"{_CASE}/<slug:noun>/<int:item>", acts.act, name="act_on"),
]
