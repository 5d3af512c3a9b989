"""Translators write into their languages and change nothing else; nobody else gets in."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse

from lokalwillkommen.accounts.models import User
from lokalwillkommen.accounts.roles import Role
from lokalwillkommen.translating.rights import languages_of
from standorte.models import Standort
from tests.factories import make_schedule, make_user
from tests.pages import form_of, get
from tests.translating_pages import GERMAN, HOME, make_building, page_of, translator, typed

pytestmark = pytest.mark.django_db


def everything_asked(client: Client, key: str, language: str = "tr") -> list[int]:
    """Give the answers of every page of translators, and of sending a translation."""
    paths = (HOME, f"{HOME}{language}/", page_of(key, language))
    data = {"words": "Avluda", "state": "checked", "german": str(GERMAN), "seen": ""}
    return [*(client.get(path).status_code for path in paths), client.post(paths[-1], data).status_code]


def test_strangers_and_accounts_without_languages_see_and_change_nothing() -> None:
    key = make_building()
    outsider, former = make_user("x@example.org"), make_user("y@example.org")
    outsider.is_staff, former.is_active = False, False
    clients = [Client(), Client(), Client()]
    for user, client in zip((outsider, former), clients[1:], strict=True):
        user.role, user.translates = Role.ADMINISTRATION, ("tr",)
        user.save()
        client.force_login(user)

    assert [everything_asked(client, key) for client in clients] == [[302] * 4] * 3
    assert Client().get(HOME).headers["Location"] == f"/admin/login/?next={HOME}"
    assert everything_asked(translator(), key) == [403] * 4
    assert Standort.objects.get().building == GERMAN


def test_a_language_that_is_not_one_s_own_stays_closed() -> None:
    key, client = make_building(), translator("ar", "uk")

    assert everything_asked(client, key, "tr") == [200, 403, 403, 403]
    assert [client.get(f"{HOME}{code}/").status_code for code in ("de", "xx", "AR")] == [403] * 3
    assert Standort.objects.get().building == GERMAN


def test_only_forms_of_this_site_write_translations() -> None:
    key, user = make_building(), make_user(is_superuser=True)
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)

    data = typed(client, page_of(key), "Avluda")
    del data["csrfmiddlewaretoken"]

    assert client.post(page_of(key), data).status_code == 403
    assert Standort.objects.get().building == GERMAN


def test_translating_gives_no_other_right() -> None:
    key, client = make_building(), translator("tr")
    schedule = make_schedule()
    before = {model: list(model._default_manager.values()) for model in admin.site._registry}  # noqa: SLF001  # public as well

    answers = set()
    for model in admin.site._registry:  # noqa: SLF001  # no public name
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"  # noqa: SLF001
        paths = [reverse(f"{name}_changelist"), reverse(f"{name}_add")]
        paths += [reverse(f"{name}_{page}", args=[1]) for page in ("change", "delete")]
        answers |= {client.get(path).status_code for path in paths}
        answers |= {client.post(path, {"post": "yes"}).status_code for path in paths}
    standort = Standort.objects.get(name="Marten")
    history = client.get(reverse("admin:standorte_standort_history", args=[standort.pk]))
    assert client.get(history.headers["Location"]).status_code == 404
    answers.add(client.get("/admin/heute/").status_code)
    answers.add(client.post("/admin/heute/termin/", {"schedule": str(schedule.uid)}).status_code)

    assert answers == {403}
    assert {model: list(model._default_manager.values()) for model in admin.site._registry} == before  # noqa: SLF001
    assert key in get(f"{HOME}tr/", client).html


def test_languages_are_given_by_who_manages_accounts() -> None:
    chief, user = Client(), make_user("neu@example.org")
    chief.force_login(make_user("chief@example.org", is_superuser=True))
    path = reverse("admin:accounts_user_change", args=[user.pk])

    chief.post(path, {**form_of(get(path, chief), "user_form"), "translates": ["uk", "ar"]})

    assert languages_of(User.objects.get(pk=user.pk)) == ("ar", "uk")


def test_who_may_do_everything_translates_into_all_languages_but_german_is_none_of_them() -> None:
    everybody = languages_of(make_user(is_superuser=True))

    assert (everybody[0], len(everybody), "de" in everybody) == ("de-x-leicht", 11, False)
    assert languages_of(AnonymousUser()) == ()
