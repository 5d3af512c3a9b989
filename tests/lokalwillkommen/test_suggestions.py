"""Partners suggest texts, the coordination decides; nobody else reads them before, and nothing is lost in between."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from lokalwillkommen.accounts.models import User
from lokalwillkommen.accounts.roles import Role
from lokalwillkommen.suggestions.models import Outcome, Suggestion
from sprechstunden.models import Change, ChangeKind, Sprechstunde
from standorte.models import TextVersion
from standorte.texts import State, Text
from tests.factories import make_partner, make_schedule, make_sprechstunde, make_user
from tests.pages import FormData, Page, get
from tests.staff_world import FOREIGN, World, make_world
from tests.today_pages import NEXT_TUESDAY, NOW, about
from tests.violations import Violation, constraints_of

pytestmark = pytest.mark.django_db

LIST = "/admin/vorschlaege/"
TURKISH = "Eski kahve"


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def world() -> World:
    found = make_world()
    Suggestion.objects.all().delete()
    offer = found.own.of_partner
    offer.title = Text("Altes Café").translated("tr", TURKISH, State.CHECKED)
    offer.save()
    return found


def title(world: World) -> Text:
    found: Text = Sprechstunde.objects.get(pk=world.own.of_partner.pk).title
    return found


def key_of(offer: Sprechstunde) -> str:
    return f"sprechstunden.sprechstunde.{offer.pk}.title"


def write(client: Client, offer: Sprechstunde, words: str) -> int:
    return client.post(reverse("suggestion_write", args=[key_of(offer)]), {"words": words}).status_code


def answer(client: Client, outcome: str, **typed: str) -> int:
    """Open what waits and answer as its page would."""
    path = reverse("suggestion", args=[Suggestion.objects.latest("pk").pk])
    seen = next(one for one in get(path, client).all("input") if one.get("name") == "seen").get("value", "")
    return client.post(path, {"seen": seen, "outcome": outcome} | typed).status_code


def test_a_partner_sees_its_texts_and_what_waits_for_each(world: World) -> None:
    partner = world.clients["partner"]

    before = get(LIST, partner).text()
    assert write(partner, world.own.of_partner, "Neues Café") == 302
    page = get(LIST, partner)

    assert ["Altes Café" in before, "Neues Café" in before] == [True, False]
    assert "Danke. Die Koordination sieht es sich an" in page.text()
    assert "Ihr Vorschlag wartet: Neues Café" in page.text()
    assert FOREIGN not in page.html
    assert "Eigen-Sprechstunde" not in page.html
    assert title(world).german == "Altes Café"
    assert "Texte für Ihre Angebote vorschlagen" in get("/admin/", partner).text()


def test_another_suggestion_takes_the_place_of_the_one_that_waits_and_the_old_words_wait_for_nobody(
    world: World,
) -> None:
    partner, offer = world.clients["partner"], world.own.of_partner

    write(partner, offer, "Neues Café")
    form = get(reverse("suggestion_write", args=[key_of(offer)]), partner)
    write(partner, offer, "Ganz neues Café")

    assert "Ein Vorschlag wartet schon" in form.text()
    assert form.all("textarea")[0].text in {"Neues Café", "\nNeues Café"}
    assert list(Suggestion.objects.values_list("german", flat=True)) == ["Ganz neues Café"]
    write(partner, offer, "Altes Café")
    assert Suggestion.objects.count() == 0


def test_what_is_accepted_is_written_with_its_history_and_makes_translations_outdated(world: World) -> None:
    coordination = world.clients["coordination"]
    write(world.clients["partner"], world.own.of_partner, "Neues Café")

    assert "1 Text eines Partners wartet auf Ihre Entscheidung" in get("/admin/", coordination).text()
    listed = get(LIST, coordination)
    number = Suggestion.objects.get().pk
    page = get(reverse("suggestion", args=[number]), coordination)
    assert answer(coordination, "accepted") == 302

    assert "Eigen-Verein" in listed.text()
    assert [page.text(one) for one in (*page.all("del"), *page.all("ins"))] == [
        "[weggefallen:] Altes [Ende]",
        "[neu:] Neues [Ende]",
    ]
    assert (title(world).german, title(world).state("tr"), title(world).words("tr")) == (
        *("Neues Café", State.OUTDATED),
        TURKISH,
    )
    version = TextVersion.objects.get(object_id=world.own.of_partner.pk, field="title", after="Neues Café")
    assert (version.before, version.written_by) == ("Altes Café", User.objects.get(email="coordination@example.org"))
    said = get(LIST, world.clients["partner"]).text()
    assert "angenommen, 24. November 2026 Neues Café" in said
    assert "Nichts wartet auf eine Entscheidung." in get(LIST, coordination).text()
    assert "angenommen" in get(reverse("suggestion", args=[number]), coordination).text()


def test_what_is_refused_changes_nothing_and_the_partner_sees_it(world: World) -> None:
    write(world.clients["partner"], world.own.of_partner, "Neues Café")

    assert answer(world.clients["coordination"], "refused") == 302

    assert title(world).german == "Altes Café"
    assert "nicht angenommen, 24. November 2026 Neues Café" in get(LIST, world.clients["partner"]).text()
    assert write(world.clients["partner"], world.own.of_partner, "Noch ein Café") == 302


def test_what_changed_meanwhile_is_shown_before_anything_is_decided(world: World) -> None:
    coordination, offer = world.clients["coordination"], world.own.of_partner
    write(world.clients["partner"], offer, "Neues Café")
    path = reverse("suggestion", args=[Suggestion.objects.get().pk])
    seen = next(one for one in get(path, coordination).all("input") if one.get("name") == "seen").get("value", "")
    Sprechstunde.objects.filter(pk=offer.pk).update(title=Text("Café der Kollegin"))

    response = coordination.post(path, {"seen": seen, "outcome": "accepted"})

    page = Page(response, response.content.decode())
    assert (response.status_code, title(world).german) == (409, "Café der Kollegin")
    assert "Noch ist nichts entschieden" in page.text()
    assert "Café der Kollegin" in page.text()
    assert answer(coordination, "accepted") == 302
    assert title(world).german == "Neues Café"


def test_what_is_decided_already_or_no_answer_changes_nothing(world: World) -> None:
    coordination = world.clients["coordination"]
    write(world.clients["partner"], world.own.of_partner, "Neues Café")
    path = reverse("suggestion", args=[Suggestion.objects.get().pk])

    assert [coordination.post(path, data).status_code for data in ({}, {"seen": "x", "outcome": "waiting"})] == [
        200,
        200,
    ]
    assert coordination.post(path, {"seen": "x", "outcome": "refused"}).status_code == 409
    assert Suggestion.objects.waiting().count() == 1
    answer(coordination, "refused")
    assert coordination.post(path, {"seen": "x", "outcome": "accepted"}).status_code == 200
    assert (Suggestion.objects.get().outcome, title(world).german) == (Outcome.REFUSED, "Altes Café")


def test_a_suggestion_for_what_is_gone_can_only_be_refused(world: World) -> None:
    coordination, offer = world.clients["coordination"], make_sprechstunde(partner=world.own.partner)
    write(world.clients["partner"], offer, "Neues Café")
    offer.delete()
    path = reverse("suggestion", args=[Suggestion.objects.get().pk])

    page = get(path, coordination)
    assert "ein Text, den es nicht mehr gibt" in page.text()
    assert [one.get("value") for one in page.all("button") if one.get("name") == "outcome"] == ["refused"]
    assert [answer(coordination, outcome) for outcome in ("accepted", "refused")] == [409, 302]


@pytest.mark.parametrize("key", ["sprechstunden.topic.1.name", "sprechstunden.sprechstunde.0.title", "x", "a.b.1.c"])
def test_no_other_texts_are_suggested(world: World, key: str) -> None:
    partner = world.clients["partner"]
    keys = [key, key_of(world.foreign.of_partner), key_of(world.own.offer)]

    answers = {partner.post(reverse("suggestion_write", args=[one]), {"words": "x"}).status_code for one in keys}

    assert (answers, Suggestion.objects.count()) == ({404}, 0)


def test_who_decides_need_not_suggest_and_others_do_neither(world: World) -> None:
    write(world.clients["partner"], world.own.of_partner, "Neues Café")
    own, decide = (
        reverse("suggestion_write", args=[key_of(world.own.of_partner)]),
        LIST + f"{Suggestion.objects.get().pk}/",
    )

    asked = {
        role: [world.clients[role].get(path).status_code for path in (LIST, own, decide)]
        for role in ("stranger", "translator", "office", "partner", "coordination")
    }

    assert asked == {
        "stranger": [302] * 3,
        "translator": [403] * 3,
        "office": [403] * 3,
        "partner": [200, 200, 403],
        "coordination": [200, 404, 200],
    }


def test_a_note_of_a_partner_waits_while_its_date_is_off_at_once(world: World) -> None:
    partner, schedule = world.clients["partner"], world.own.of_partner.schedules.get()
    Change.objects.filter(schedule=schedule).delete()
    sent: FormData = {**about(schedule, NEXT_TUESDAY, ChangeKind.CANCELLED, reason="event"), "note": "Wir feiern."}

    page = partner.post("/admin/heute/termin/", sent, follow=True).content.decode()

    change = Change.objects.get(schedule=schedule)
    assert (change.kind, change.note.german) == (ChangeKind.CANCELLED, "")
    assert Suggestion.objects.get().german == "Wir feiern."
    assert "sobald die Koordination sie angenommen hat" in page
    assert answer(world.clients["coordination"], "accepted") == 302
    assert Change.objects.get(schedule=schedule).note.german == "Wir feiern."
    assert partner.post("/admin/heute/termin/", sent).status_code == 422


def test_a_partner_without_offers_is_told_whom_to_ask() -> None:
    client = Client()
    client.force_login(make_user(role=Role.PARTNER))

    assert "Hier gibt es noch kein Angebot von Ihnen." in get(LIST, client).text()


def _waiting() -> Suggestion:
    return Suggestion.objects.create(key="x", partner=make_partner(), german="Neu", suggested_at=NOW)


def _second() -> Suggestion:
    """Make one beside another that waits for the text x."""
    first = _waiting()
    return Suggestion.objects.create(key="y", partner=first.partner, german="Neu", suggested_at=NOW)


VIOLATIONS = (
    Violation("suggestion_is_the_only_one_that_waits_for_its_text", _second, lambda: {"key": "x"}),
    Violation("suggestion_that_is_decided_says_when", _waiting, lambda: {"outcome": "accepted"}),
)


@pytest.mark.parametrize("violation", VIOLATIONS, ids=lambda one: one.constraint)
def test_the_database_refuses_two_that_wait_and_decisions_without_a_moment(violation: Violation) -> None:
    violation.is_refused_by_the_database()


def test_each_constraint_of_suggestions_was_tried() -> None:
    assert constraints_of("suggestions") == [violation.constraint for violation in VIOLATIONS]


@pytest.mark.parametrize("count", [1, 20])
def test_the_lists_cost_the_same_however_many_offers_a_partner_has(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    partner, client, coordination = make_partner(), Client(), Client()
    client.force_login(make_user("awo@example.org", partner=partner))
    coordination.force_login(make_user(role=Role.COORDINATION))
    for number in range(count):
        offer = make_sprechstunde(partner=partner, title=Text(f"Café {number}"))
        make_schedule(offer)
        write(client, offer, "Neu")
    Suggestion.objects.filter(pk=Suggestion.objects.latest("pk").pk).update(outcome="refused", decided_at=NOW)
    write(client, offer, "Anders")

    # Session, account, suggestions; offers, times, changes and the partner itself; texts of what is decided.
    with django_assert_num_queries(9):
        page = get(LIST, client)
    with django_assert_num_queries(4):
        waiting = get(LIST, coordination)

    assert page.html.count("Café ") >= count
    assert waiting.html.count("<li>") == count
