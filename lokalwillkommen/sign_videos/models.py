"""Films in German Sign Language (DGS), each on one page of the site."""

import secrets
from pathlib import PurePath

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from standorte.fields import TranslatableTextField
from standorte.history import History

FOLDER = "videos"


class VideoPage(models.TextChoices):
    """The pages that can show a film."""

    START = "start", _("start page")
    ABOUT = "about", _("page about us")
    ACCESSIBILITY = "accessibility", _("page about accessibility")


class SignVideoQuerySet(models.QuerySet["SignVideo"]):
    """Films in the words pages ask with."""

    def published(self) -> "SignVideoQuerySet":
        """Keep those that residents may see."""
        return self.filter(is_published=True)

    def with_file(self, name: str) -> "SignVideoQuerySet":
        """Keep those that a stored file belongs to."""
        return self.filter(models.Q(film=name) | models.Q(captions=name) | models.Q(poster=name))


def random_name(_video: "SignVideo", name: str) -> str:
    """Name a stored file anew: nobody can guess it, and browsers may keep it for good."""
    return f"{FOLDER}/{secrets.token_hex(16)}{PurePath(name).suffix.lower()}"


class SignVideo(models.Model):
    """A film with captions, a picture to begin with, and its words for who would rather read."""

    page = models.CharField(_("stands on"), max_length=13, choices=VideoPage, unique=True)
    title = TranslatableTextField(_("title"), blank=False, longest=120, help_text=_("What the film is about."))
    film = models.FileField(_("film"), upload_to=random_name, help_text=_("MP4 or WebM, at most 200 MB."))
    captions = models.FileField(
        _("captions"), upload_to=random_name, help_text=_("German, as a WebVTT file (ends with .vtt).")
    )
    poster = models.FileField(
        _("picture"),
        upload_to=random_name,
        help_text=_("Stands there until the film is started. JPEG, PNG or WebP, at most 100 kB."),
    )
    transcript = TranslatableTextField(
        _("words of the film"), blank=False, help_text=_("All that is signed, for people who would rather read.")
    )
    is_published = models.BooleanField(_("published"), default=False)
    written_at = models.DateTimeField(_("written at"), default=timezone.now, editable=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("written by"),
    )

    objects = SignVideoQuerySet.as_manager()
    # A file that is replaced is gone after a day, so no earlier state can bring it back.
    history = History(excluded_fields=("film", "captions", "poster"))

    class Meta:
        ordering = ("page",)
        verbose_name = _("film in sign language")
        verbose_name_plural = _("films in sign language")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(page__in=VideoPage.values), name="sign_video_stands_on_a_known_page"
            ),
        )

    def __str__(self) -> str:
        return str(self.title)
