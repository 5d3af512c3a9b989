"""Addresses of tables; they stand in the admin, which asks people to log in."""

from django.urls import path

from lokalwillkommen.bulk import views

urlpatterns = [
    path("", views.sheets, name="bulk_sheets"),
    path("<slug>.csv", views.load, name="bulk_sheet"),
    path("<slug>/einlesen/", views.take, name="bulk_read_in"),
]
