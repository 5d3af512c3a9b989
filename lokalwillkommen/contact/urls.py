"""Write to us: /de/kontakt/."""

from django.urls import path

from lokalwillkommen.contact import views

app_name = "contact"
urlpatterns = [
    path("", views.write, name="write"),
    path("melden/", views.report, name="report"),
]
