"""Calendar feeds: /kalender/. The same address for every language, because clients keep it for years."""

from django.urls import path

from sprechstunden import calendar_views as views

app_name = "calendar"
urlpatterns = [
    path("alle.ics", views.all_dates, name="all"),
    path("<slug:slug>.ics", views.of_place, name="place"),
]
