"""Places: /de/standorte/."""

from django.urls import path

from standorte import views

app_name = "standorte"
urlpatterns = [
    path("", views.standort_list, name="list"),
    path("<slug:slug>/", views.standort_detail, name="detail"),
    path("<slug:slug>/karte/", views.standort_card, name="card"),
]
