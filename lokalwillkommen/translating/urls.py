"""Addresses of the page of translators; they stand in the admin, which asks people to log in."""

from django.urls import path

from lokalwillkommen.translating import views

urlpatterns = [
    path("", views.languages, name="translating_languages"),
    path("<language>/", views.work, name="translating"),
    path("<language>/text/<key>/", views.text, name="translating_text"),
]
