"""Addresses of the page of staff for single dates; they stand in the admin, which asks people to log in."""

from django.urls import path

from lokalwillkommen import today

urlpatterns = [
    path("", today.today, name="today"),
    path("termin/", today.change, name="today_change"),
    path("zusatz/", today.add, name="today_add"),
    path("zuruecknehmen/", today.undo, name="today_undo"),
]
