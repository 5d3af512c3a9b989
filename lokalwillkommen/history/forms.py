"""What somebody looks for in the history of everything."""

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Model, Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from lokalwillkommen.history.kinds import recorded, recorded_by_label

NOBODY = "0"


def _kinds() -> list[tuple[str, str]]:
    named = [(model._meta.label_lower, str(capfirst(model._meta.verbose_name or ""))) for model in recorded()]  # noqa: SLF001  # public as well
    return [("", str(_("everything"))), *sorted(named, key=lambda pair: pair[1])]


def _people() -> list[tuple[str, str]]:
    found = get_user_model()._default_manager.order_by("email").values_list("pk", "email")  # noqa: SLF001
    return [
        ("", str(_("everybody"))),
        (NOBODY, str(_("nobody: data files"))),
        *((str(pk), email) for pk, email in found),
    ]


class WantedForm(forms.Form):
    """One person, one kind of thing; what cannot be read shows everything, with a sentence."""

    wer = forms.ChoiceField(label=_("Who"), choices=_people, required=False)
    was = forms.ChoiceField(label=_("What"), choices=_kinds, required=False)

    def about(self) -> dict[type[Model], Q]:
        """Give which models are asked for."""
        chosen = self.cleaned_data.get("was") if self.is_valid() else ""
        models = [recorded_by_label()[chosen]] if chosen else recorded()
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
