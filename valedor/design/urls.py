"""The living page, at /design/."""

from django.urls import path

from . import views

app_name = "design"
urlpatterns = [path("design/", views.living_page, name="living_page")]
