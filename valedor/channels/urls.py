"""Where switchboards tell of calls and gateways bring messages, and the demonstration's mail."""

from django.urls import path

from . import views
from .sms import webhook as sms
from .telephone import webhook

app_name = "channels"
urlpatterns = [
    path(
        "webhooks/telephone/<slug:entity_key>/<slug:line_key>",
        webhook.call_event,
        name="call_event",
    ),
    path("webhooks/sms/<slug:entity_key>/<slug:gateway_key>", sms.sms, name="sms"),
    path("webhooks/sms/<slug:entity_key>/<slug:gateway_key>/report", sms.report, name="sms_report"),
    path("demo/play-in/", views.play_in, name="play_in"),
    path("demo/call/", views.play_call, name="play_call"),
    path("demo/mail/", views.kept_mail, name="kept_mail"),
    path("demo/mail/<str:name>/", views.kept_letter, name="kept_letter"),
    path("demo/mail/<str:name>/<int:number>", views.kept_attachment, name="kept_attachment"),
]
