"""Whatever is sent as the ticked rows of a list of staff, it is answered."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from standorte.models import Partner
from tests.factories import make_partner, make_user
from tests.offer_form import staff_client

pytestmark = pytest.mark.django_db

NO_KEYS = ["9" * 30, "1\x002", "-1", "1; 2", ""]


def test_no_list_takes_what_can_be_no_row() -> None:
    # Whoever has no password is not asked for it before accounts are changed.
    staff = Client()
    staff.force_login(make_user(is_superuser=True))
    found = [admin.site.get_model_admin(model) for model in apps.get_models() if admin.site.is_registered(model)]
    lists = [
        (reverse(f"admin:{one.opts.app_label}_{one.opts.model_name}_changelist"), action)
        for one in found
        for action in ("delete_selected", *(one.actions or ()))
    ]

    answers = {
        (path, action): staff.post(path, {"action": action, "_selected_action": NO_KEYS}).status_code
        for path, action in lists
    }

    assert len(found) < len(answers)
    assert answers == dict.fromkeys(lists, 200)


def test_rows_ticked_beside_what_can_be_none_are_taken() -> None:
    told, other = make_partner(), make_partner("Träger e. V.")
    ticked = {"action": "confirm_selected", "_selected_action": [*NO_KEYS, str(told.pk)]}

    staff_client().post(reverse("admin:standorte_partner_changelist"), ticked)

    assert list(Partner.objects.exclude(confirmed_on=None)) == [told]
    assert Partner.objects.filter(pk=other.pk, confirmed_on=None).exists()
