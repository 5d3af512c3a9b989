"""Dates and offers: /de/sprechstunden/."""

from django.urls import path

from sprechstunden import views

app_name = "sprechstunden"
urlpatterns = [
    path("", views.agenda, name="agenda"),
    path("themen/<slug:slug>/", views.topic, name="topic"),
    path("<int:pk>/", views.detail, name="detail"),
]
