"""What somebody looks for in the history of everything."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Model, Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from lokalwillkommen.history.kinds import recorded, recorded_by_label

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lokalwillkommen.accounts.models import User

NOBODY = "0"


def _kinds(models: Iterable[type[Model]]) -> list[tuple[str, str]]:
    named = [(model._meta.label_lower, str(capfirst(model._meta.verbose_name or ""))) for model in models]  # noqa: SLF001  # public as well
    return [("", str(_("everything"))), *sorted(named, key=lambda pair: pair[1])]


def _people() -> list[tuple[str, str]]:
    found = get_user_model()._default_manager.order_by("email").values_list("pk", "email")  # noqa: SLF001
    return [
        ("", str(_("everybody"))),
        (NOBODY, str(_("nobody: data files"))),
        *((str(pk), email) for pk, email in found),
    ]


class WantedForm(forms.Form):
    """One person, one kind of thing that may be seen; what cannot be read shows all of them, with a sentence."""

    wer = forms.ChoiceField(label=_("Who"), choices=_people, required=False)
    was = forms.ChoiceField(label=_("What"), required=False)

    def __init__(self, data: Mapping[str, object], user: "User | AnonymousUser") -> None:
        super().__init__(data)
        self.models = [one for one in recorded() if user.has_perm(f"{one._meta.app_label}.view_{one._meta.model_name}")]  # noqa: SLF001
        self.fields["was"].choices = _kinds(self.models)  # type: ignore[attr-defined]  # known field

    def about(self) -> dict[type[Model], Q]:
        """Give which models are asked for."""
        chosen = self.cleaned_data.get("was") if self.is_valid() else ""
        models = [recorded_by_label()[chosen]] if chosen else self.models
        return {model: Q() for model in models}

    def condition(self) -> Q:
        """Give whose versions are asked for."""
        who = self.cleaned_data.get("wer") if self.is_valid() else ""
        if not who:
            return Q()
        return Q(history_user=None) if who == NOBODY else Q(history_user=int(who))

    @property
    def query(self) -> str:
        """Give what stands in the address, for links to other pages of the list."""
        chosen = [
            (name, self.cleaned_data[name]) for name in self.fields if self.is_valid() and self.cleaned_data[name]
        ]
        return "".join(f"&{name}={value}" for name, value in chosen)
