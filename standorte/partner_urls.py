"""Partner organisations: /de/partner/."""

from django.urls import path

from standorte import views

app_name = "partner"
urlpatterns = [
    path("", views.partner_list, name="list"),
    path("<slug:slug>/", views.partner_detail, name="detail"),
]
