"""Where switchboards tell of calls, and the demonstration's mail."""

from django.urls import path

from . import views
from .telephone import webhook

app_name = "channels"
urlpatterns = [
    path(
        "webhooks/telephone/<slug:entity_key>/<slug:line_key>",
        webhook.call_event,
        name="call_event",
    ),
    path("demo/mail/", views.kept_mail, name="kept_mail"),
    path("demo/mail/<str:name>/", views.kept_letter, name="kept_letter"),
    path("demo/mail/<str:name>/<int:number>", views.kept_attachment, name="kept_attachment"),
]
