"""Films in sign language in the admin."""

from typing import ClassVar

from django import forms
from django.contrib import admin
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils import timezone

from lokalwillkommen.sign_videos.models import SignVideo
from lokalwillkommen.sign_videos.uploads import CAPTIONS, FILM, POSTER, Kind
from standorte.admin import StaffAdmin, staff_user


class SignVideoForm(forms.ModelForm[SignVideo]):
    """Refuses files that are not what they should be; a stored file that nobody replaces is not looked at again."""

    class Meta:
        model = SignVideo
        fields = ("page", "title", "film", "captions", "poster", "transcript", "is_published")

    def clean_film(self) -> object:
        """Take a film."""
        return self._taken("film", FILM)

    def clean_captions(self) -> object:
        """Take captions."""
        return self._taken("captions", CAPTIONS)

    def clean_poster(self) -> object:
        """Take a picture."""
        return self._taken("poster", POSTER)

    def _taken(self, name: str, kind: Kind) -> object:
        file = self.cleaned_data[name]
        if isinstance(file, UploadedFile) and (sentence := kind.fault(file)):
            raise forms.ValidationError(sentence)
        return file


@admin.register(SignVideo)
class SignVideoAdmin(StaffAdmin[SignVideo]):
    """The film, its captions, its picture and its words, each demanded: without one of them somebody is left out."""

    form = SignVideoForm
    list_display = ("__str__", "page", "is_published", "written_at", "written_by")
    list_select_related = ("written_by",)

    class Media:
        css: ClassVar = {"all": ("staff.css",)}

    def save_model(
        self,
        request: HttpRequest,
        obj: SignVideo,
        form: forms.ModelForm[SignVideo],
        change: bool,  # noqa: FBT001  # Django's signature
    ) -> None:
        """Note who wrote it, and when."""
        obj.written_at = timezone.now()
        obj.written_by = staff_user(request)  # type: ignore[assignment]  # the user model is swappable
        super().save_model(request, obj, form, change)
