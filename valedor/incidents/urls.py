"""The address that a call of duty leads to."""

from django.urls import path

from . import views

app_name = "incidents"
urlpatterns = [path("duty/<str:token>", views.take_duty, name="take_duty")]
