"""Addresses of suggestions; they stand in the admin, which asks people to log in."""

from django.urls import path

from lokalwillkommen.suggestions import views

urlpatterns = [
    path("", views.overview, name="suggestions"),
    path("text/<key>/", views.write, name="suggestion_write"),
    path("<int:number>/", views.look, name="suggestion"),
]
