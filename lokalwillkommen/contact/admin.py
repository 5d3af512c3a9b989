"""What people wrote, in the admin: to read, and to mark as done."""

from typing import TypeVar

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import linebreaksbr
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from lokalwillkommen.contact.models import Mail, MailState, Message, Report
from lokalwillkommen.contact.models.todo import Todo
from standorte.admin import staff_user
from standorte.languages import language_name
from standorte.lists import ListAdmin

TodoRow = TypeVar("TodoRow", bound=Todo)


class DoneForm(forms.ModelForm[Todo]):
    """The one thing that staff change."""

    is_done = forms.BooleanField(
        required=False, label=_("done"), help_text=_("90 days later it is deleted by itself, at the latest after 180.")
    )

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> object:  # noqa: ARG002  # Django's signature
        """Tick the box of what is done."""
        return self.instance.done_at is not None if field_name == "is_done" else None


class DoneFilter(admin.SimpleListFilter):
    """What waits, what is done."""

    title = _("state")
    parameter_name = "stand"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:  # noqa: ARG002  # Django's signature
        """Offer both."""
        return [("offen", _now("waiting")), ("erledigt", _now("done"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Todo]) -> QuerySet[Todo]:  # noqa: ARG002  # Django's signature
        """Keep one of both, or all."""
        wanted = {"offen": True, "erledigt": False}.get(self.value() or "")
        return queryset if wanted is None else queryset.filter(done_at__isnull=wanted)


class TodoAdmin(ListAdmin[TodoRow]):
    """Read and mark as done. There is no search: what people wrote must not stand in addresses."""

    form = DoneForm  # type: ignore[assignment]  # it is the same for all of them
    actions = ("mark_as_done", "mark_as_waiting")
    shown: tuple[str, ...] = ()

    def get_fields(self, request: HttpRequest, obj: TodoRow | None = None) -> tuple[str, ...]:
        """Show all, and the one box to those who may tick it."""
        box = ("is_done",) if self.has_change_permission(request, obj) else ()
        return (*self.shown, "received_at", *box, "done_at", "done_by")

    def get_readonly_fields(self, request: HttpRequest, obj: TodoRow | None = None) -> tuple[str, ...]:
        """Let nobody change what somebody wrote."""
        return tuple(name for name in self.get_fields(request, obj) if name != "is_done")

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002  # Django's signature
        """They come from people."""
        return False

    def save_model(self, request: HttpRequest, obj: TodoRow, form: forms.ModelForm[TodoRow], change: bool) -> None:  # noqa: FBT001  # Django's signature
        """Note who did it, and when."""
        if "is_done" in form.changed_data:
            is_done = form.cleaned_data["is_done"]
            obj.done_at = timezone.now() if is_done else None
            obj.done_by = staff_user(request) if is_done else None  # type: ignore[assignment]  # the user model is swappable
        super().save_model(request, obj, form, change)

    @admin.action(description=_("Mark as done"), permissions=["change"])
    def mark_as_done(self, request: HttpRequest, queryset: QuerySet[TodoRow]) -> None:
        """Note who did them, and when; what was done before stays as it was."""
        queryset.filter(done_at=None).update(done_at=timezone.now(), done_by=staff_user(request))

    @admin.action(description=_("Mark as not done yet"), permissions=["change"])
    def mark_as_waiting(self, request: HttpRequest, queryset: QuerySet[TodoRow]) -> None:  # noqa: ARG002  # Django's signature
        """Put them back among what waits."""
        queryset.update(done_at=None, done_by=None)

    @admin.display(description=_("done"), boolean=True)
    def is_done_now(self, todo: TodoRow) -> bool:
        """Say whether somebody has done it."""
        return todo.done_at is not None

    @admin.display(description=_("in their words"))
    def words(self, todo: Message | Report) -> SafeString:
        """Show what somebody wrote, in the direction of its letters."""
        return format_html('<div dir="auto">{}</div>', linebreaksbr(todo.text))


@admin.register(Message)
class MessageAdmin(TodoAdmin[Message]):
    """Messages to an office or to the coordination."""

    list_display = ("received_at", "topic", "standort", "answer_language", "is_done_now")
    list_filter = (DoneFilter, "topic")
    list_select_related = ("standort",)
    shown = ("topic", "standort", "words", "email", "phone", "answer_language")

    @admin.display(description=_("language of the answer"))
    def answer_language(self, message: Message) -> str:
        """Name the language in which somebody would like to read."""
        return language_name(message.language)


@admin.register(Report)
class ReportAdmin(TodoAdmin[Report]):
    """Closed doors, and what is wrong on pages."""

    list_display = ("received_at", "kind", "where", "day", "is_backed", "is_done_now")
    list_filter = (DoneFilter, "kind", "is_backed")
    list_select_related = ("standort", "sprechstunde")
    shown = ("kind", "standort", "sprechstunde", "day", "words", "is_backed")

    @admin.display(description=_("place"))
    def where(self, report: Report) -> str:
        """Name the place or the offer."""
        return report.where


@admin.register(Mail)
class MailAdmin(ListAdmin[Mail]):
    """Mails to staff and how far they are."""

    list_display = ("created_at", "recipient", "subject", "state", "attempts", "fault")
    list_filter = ("state",)
    fields = ("recipient", "subject", "body", "created_at", "state", "sent_at", "attempts", "next_attempt_at", "fault")
    actions = ("try_again",)

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002  # Django's signature
        """They are written by the portal."""
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Mail | None = None) -> tuple[str, ...]:  # noqa: ARG002  # Django's signature
        """Let nobody change one."""
        return self.fields

    @admin.action(description=_("Try again now"), permissions=["change"])
    def try_again(self, request: HttpRequest, queryset: QuerySet[Mail]) -> None:  # noqa: ARG002  # Django's signature
        """Let the next send_mails send them; one that is sent, or has nobody to go to, stays as it is."""
        unsent = queryset.exclude(state=MailState.SENT).exclude(recipient="")
        unsent.update(state=MailState.WAITING, attempts=0, next_attempt_at=timezone.now(), fault="")
