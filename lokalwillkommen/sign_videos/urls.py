"""Files of films, below /media/."""

from django.urls import path

from lokalwillkommen.sign_videos import views

app_name = "sign_videos"
urlpatterns = [
    path("videos/<str:name>", views.video_file, name="file"),
]
