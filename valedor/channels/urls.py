"""The demonstration's mail."""

from django.urls import path

from . import views

app_name = "channels"
urlpatterns = [
    path("demo/mail/", views.kept_mail, name="kept_mail"),
    path("demo/mail/<str:name>/", views.kept_letter, name="kept_letter"),
    path("demo/mail/<str:name>/<int:number>", views.kept_attachment, name="kept_attachment"),
]
