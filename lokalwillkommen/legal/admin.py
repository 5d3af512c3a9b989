"""Legal texts in the admin: what is missing, what is written, and what each detail should say."""

from typing import ClassVar

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lokalwillkommen.legal.details import missing
from lokalwillkommen.legal.models import LegalText
from lokalwillkommen.legal.sections import KINDS, Section
from standorte.admin import StaffAdmin, staff_user

_FROM_OPERATOR = _("As it should stand on the legal pages. Empty: as the operator has set it for the whole portal.")
WHAT_TO_WRITE = {
    Section.NAME: _FROM_OPERATOR,
    Section.ADDRESS: _FROM_OPERATOR,
    Section.EMAIL: _FROM_OPERATOR,
    Section.REPRESENTED_BY: _("Who represents the operator by law."),
    Section.PHONE: _("A number where somebody answers."),
    Section.AUTHORITY: _("Only if there is one for what is offered here."),
    Section.EDITOR: _("Only if there are journalistic texts: name and address of the person responsible for them."),
    Section.OFFICER: _("How to reach the data protection officer."),
    Section.BASIS: _(
        "For showing the pages, for answering messages, for counting forms, for accounts of staff: article and, for"
        " public bodies, the law of the state."
    ),
    Section.HOSTING: _("Who runs the servers, where they stand, and whether there is a contract (Article 28 GDPR)."),
    Section.SERVER_LOG: _(
        "The nginx that is shipped records nobody; for its limits it keeps addresses in memory for some minutes. Where"
        " the backups are kept belongs here, too."
    ),
    Section.PROTECTION_AUTHORITY: _("Address and website of the authority for complaints."),
    Section.MORE_BARRIERS: _("What you have found yourselves: what, why, and how people get it instead."),
    Section.TESTED: _("When the operator has tested last, and how: by itself or by somebody else."),
    Section.WHO_ANSWERS: _("The office that answers reports of barriers."),
    Section.OMBUDS: _("Name, address and website of the arbitration body, with a link to how one turns to it."),
}


class LegalTextForm(forms.ModelForm[LegalText]):
    """Says under the text what this detail is about, and offers only details that nobody has written yet."""

    class Meta:
        model = LegalText
        fields = ("section", "text")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they are
        if "section" in self.fields:
            written = set(LegalText.objects.values_list("section", flat=True))
            choices = [(section.value, _named(section)) for section in Section if section not in written]
            self.fields["section"].choices = choices  # type: ignore[attr-defined]  # known field
        section = self.instance.section or str(self.initial.get("section", ""))
        if "text" in self.fields and section in Section.values:
            self.fields["text"].help_text = WHAT_TO_WRITE.get(Section(section), "")


@admin.register(LegalText)
class LegalTextAdmin(StaffAdmin[LegalText]):
    """The details of imprint, privacy and accessibility. Nothing is deleted: without words it is missing again."""

    form = LegalTextForm
    list_display = ("__str__", "page", "written_at", "written_by")
    list_select_related = ("written_by",)
    change_list_template = "admin/legal/legaltext/change_list.html"

    class Media:
        css: ClassVar = {"all": ("staff.css",)}

    def get_readonly_fields(self, request: HttpRequest, obj: LegalText | None = None) -> tuple[str, ...]:  # noqa: ARG002  # Django's signature
        """Let a text stay the text of its detail."""
        return ("section",) if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: LegalText | None = None) -> bool:  # noqa: ARG002  # Django's signature
        """Keep the row, and so its versions."""
        return False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, object] | None = None) -> HttpResponse:
        """Show above the list what is still missing."""
        return super().changelist_view(request, {"missing": missing_with_pages(), **(extra_context or {})})

    def save_model(
        self,
        request: HttpRequest,
        obj: LegalText,
        form: forms.ModelForm[LegalText],
        change: bool,  # noqa: FBT001  # Django's signature
    ) -> None:
        """Note who wrote it, and when."""
        obj.written_at = timezone.now()
        obj.written_by = staff_user(request)  # type: ignore[assignment]  # the user model is swappable
        super().save_model(request, obj, form, change)

    @admin.display(description=_("page"))
    def page(self, text: LegalText) -> str:
        """Name the page."""
        return str(KINDS[Section(text.section)].page.label)


def missing_with_pages() -> list[dict[str, object]]:
    """Give what is missing, with its page, and the row where there is one without words."""
    rows = dict(LegalText.objects.values_list("section", "pk"))
    return [{"section": one, "name": _named(one), "pk": rows.get(one)} for one in missing()]


def _named(section: Section) -> str:
    return f"{KINDS[section].page.label}: {section.label}"
