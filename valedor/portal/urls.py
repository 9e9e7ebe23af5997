"""The public's addresses (contracts: ``/``, ``/{entity}/…``, ``/deadline``)."""

from django.urls import path

from .views import (
    acts,
    book,
    calculator,
    call_back,
    chat,
    complain,
    counting,
    documents,
    entities,
    journey,
    known,
    letting_in,
    promotion,
    public_message,
)

app_name = "portal"
_CASE = "<slug:entity_key>/case/<slug:reference>"
urlpatterns = [
    path("", entities.home, name="home"),
    path("deadline", calculator.deadline, name="deadline"),
    path("s/<str:code>", letting_in.short, name="short"),
    path("<slug:entity_key>/", entities.entity, name="entity"),
    path("<slug:entity_key>/notices", entities.notices, name="notices"),
    path("<slug:entity_key>/privacy", entities.privacy, name="privacy"),
    path("<slug:entity_key>/accessibility", entities.accessibility, name="accessibility"),
    path("<slug:entity_key>/complain", complain.complain, name="complain"),
    path("<slug:entity_key>/embedded", complain.embedded, name="embedded"),
    path("<slug:entity_key>/complain/expected", complain.expected_days, name="expected"),
    path(
        "<slug:entity_key>/complain/received/<slug:reference>", complain.received, name="received"
    ),
    path("<slug:entity_key>/book", book.services, name="book"),
    path("<slug:entity_key>/book/<slug:service_key>", book.service, name="book_service"),
    path("<slug:entity_key>/help", known.shelves, name="help"),
    path("<slug:entity_key>/help/likely", known.likely, name="help_likely"),
    path("<slug:entity_key>/help/<slug:slug>", known.article, name="help_article"),
    path("<slug:entity_key>/chat", chat.chat_start, name="chat_start"),
    path("<slug:entity_key>/call-me", call_back.call_me, name="call_me"),
    path(
        "<slug:entity_key>/public-message/<str:signed>",
        public_message.public_message,
        name="public_message",
    ),
    path("<slug:entity_key>/case", letting_in.sign_in, name="sign_in"),
    path("<slug:entity_key>/case/leave", letting_in.leave, name="leave"),
    path("<slug:entity_key>/case/new-link", letting_in.new_link, name="new_link"),
    path(_CASE, journey.case, name="case"),
    path(f"{_CASE}/counting/<int:deadline_id>", counting.counting, name="counting"),
    path(f"{_CASE}/messages", acts.messages, name="messages"),
    path(f"{_CASE}/call-back", call_back.call_back, name="call_back"),
    path(f"{_CASE}/chat", chat.chat, name="chat"),
    path(f"{_CASE}/chat/lines", chat.chat_lines, name="chat_lines"),
    path(f"{_CASE}/chat/end", chat.chat_end, name="chat_end"),
    path(f"{_CASE}/acceptance", acts.acceptance, name="acceptance"),
    path(f"{_CASE}/contest", acts.contest, name="contest"),
    path(f"{_CASE}/withdrawal", acts.withdrawal, name="withdrawal"),
    path(f"{_CASE}/public-message", public_message.public_withdrawal, name="public_withdrawal"),
    path(f"{_CASE}/kind", acts.kind, name="kind"),
    path(f"{_CASE}/booking/move", book.booking_move, name="booking_move"),
    path(f"{_CASE}/booking/cancel", book.booking_cancel, name="booking_cancel"),
    path(f"{_CASE}/promotion", promotion.promotion, name="promotion"),
    path(f"{_CASE}/access-code", acts.access_code, name="access_code"),
    path(f"{_CASE}/letters/<int:letter_id>", documents.letter, name="letter"),
    path(f"{_CASE}/documents/<int:document_id>", documents.document, name="document"),
    path(f"{_CASE}/receipt", documents.receipt, name="receipt"),
    path(f"{_CASE}/print", journey.print_all, name="print"),
]
