"""Addresses of the page of translators; they stand in the admin, which asks people to log in."""

from django.urls import path

from lokalwillkommen.translating import machine_views, table_views, views

urlpatterns = [
    path("", views.languages, name="translating_languages"),
    path("<language>/", views.work, name="translating"),
    path("<language>/tabelle.csv", table_views.load, name="translating_table"),
    path("<language>/einlesen/", table_views.read_in, name="translating_read_in"),
    path("<language>/text/<key>/", views.text, name="translating_text"),
    path("<language>/text/<key>/vorschlag/", machine_views.propose, name="translating_proposal"),
]
