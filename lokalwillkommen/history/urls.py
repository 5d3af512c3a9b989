"""Addresses of the history; they stand in the admin, which asks people to log in."""

from django.urls import path

from lokalwillkommen.history import table_views, views

urlpatterns = [
    path("", views.everything, name="history"),
    path("tabelle.csv", table_views.table, name="history_table"),
    path("<label>/<key>/", views.of_row, name="history_of"),
    path("<label>/stand/<int:version>/", views.restore, name="history_restore"),
]
