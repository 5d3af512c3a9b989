"""Tables of places, offers and partners: what is seen before is exactly what is written, or nothing is."""

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from lokalwillkommen.accounts.roles import Role
from sprechstunden.models import Sprechstunde
from standorte.models import FactGroup, Partner, Standort, StandortEvidence, TextVersion
from standorte.texts import State, Text
from tests.access import ACCESS, PASSWORD, make_admin
from tests.factories import make_office, make_partner, make_schedule, make_sprechstunde, make_topic, make_user
from tests.pages import FormData, Page, get

pytestmark = pytest.mark.django_db

HOME = "/admin/tabellen/"
PLACES, OFFERS, PARTNERS = (f"{HOME}{name}/einlesen/" for name in ("orte", "sprechstunden", "partner"))
ADDRESS, NAME, STREET = "Adresse der Seite", "Name", "Straße und Hausnummer"
REQUIRED = "Dieses Feld ist zwingend erforderlich."
TEAM = "Büro, dessen Team hierher kommt"


@pytest.fixture
def client() -> Client:
    found = Client()
    found.force_login(make_user(role=Role.COORDINATION))
    return found


def look(client: Client, path: str, *lines: str) -> Page:
    file = SimpleUploadedFile("t.csv", "\n".join(lines).encode())
    response = client.post(path, {"file": file})
    return Page(response, response.content.decode())


def agree(client: Client, path: str, page: Page) -> Page:
    """Press the button below the differences."""
    form = next(one for one in page.all("form") if any(i.get("name") == "agreed" for i in one.iter("input")))
    data: FormData = {str(one.get("name")): one.get("value", "") for one in form.iter("input")}
    response = client.post(path, data, follow=True)
    return Page(response, response.content.decode())


def differences(page: Page) -> dict[str, str]:
    """Give each field with what would go and what would come."""
    (found,) = [one for one in page.all("dl") if one.get("class") == "facts"]
    names = [page.text(one) for one in found.iter("dt")]
    return dict(zip(names, [page.text(one) for one in found.iter("dd")], strict=True))


def faults(page: Page) -> list[str]:
    return [page.text(found) for found in page.root.iter() if "field__error" in (found.get("class") or "")]


def test_what_was_loaded_is_read_in_without_any_difference() -> None:
    make_admin()
    office = make_office(street="=1+1", languages=("ar", "de"), building=Text("Haus A"))
    offer = make_sprechstunde(office=office, title=Text("Café"), bring=("passport",))
    offer.topics.set([make_topic()])
    make_partner()
    client = Client()
    client.post(f"{ACCESS}anmelden/", {"login": "team@example.org", "password": PASSWORD})
    asked = client.get(f"{HOME}orte.csv")
    client.post(asked.headers["Location"], {"password": PASSWORD, "next": HOME})

    for path in (PLACES, OFFERS, PARTNERS):
        table = client.get(path.replace("/einlesen/", ".csv"))
        page = look(client, path, table.content.decode())
        assert "0 Zeilen würden sich ändern" in page.text()

    places = client.get(f"{HOME}orte.csv").content.decode()
    assert asked.status_code == 302
    assert ";'=1+1;" in places
    assert LogEntry.objects.filter(change_message="Als Tabelle geladen: 1 Zeile.").count() == 4


def test_a_change_is_seen_first_and_written_as_if_somebody_had_typed_it(client: Client) -> None:
    office = make_office(building=Text("Haus A").translated("ar", "…", State.CHECKED))
    table = (f"{ADDRESS};{STREET};Gebäude", f"{office.slug};Am Markt 1;Haus B")

    page = look(client, PLACES, *table)
    office.refresh_from_db()
    before = office.street
    said = agree(client, PLACES, page).text()

    office.refresh_from_db()
    evidence = StandortEvidence.objects.get(standort=office, group=FactGroup.ADDRESS)
    assert differences(page) == {
        STREET: "[neu:] Am Markt 1 [Ende]",
        "Gebäude": "Haus [weggefallen:] A [Ende][neu:] B [Ende]",
    }
    assert (before, office.street, office.building.german) == ("", "Am Markt 1", "Haus B")
    assert office.building.state("ar") is State.OUTDATED
    assert (str(evidence.confirmed_by), evidence.source) == ("team@example.org", "lokal willkommen")
    assert TextVersion.objects.get(language="de").after == "Haus B"
    assert "1 Zeile ist geschrieben." in said
    assert LogEntry.objects.get().object_id == str(office.pk)


def test_new_rows_come_with_an_address_or_a_number_of_their_own(client: Client) -> None:
    office = make_office()
    rows = {
        PLACES: (f"{ADDRESS};{NAME};Art;{TEAM}", f"marten;Marten;Außensprechstunde;{office.slug}"),
        PARTNERS: (f"{ADDRESS};{NAME};Art", "verein;Ein Verein;Verein"),
        OFFERS: ("ID;Art;Name;Zuständiges Büro", f";Treffpunkt;Sprachcafé;{office.slug}"),
    }

    said = [agree(client, path, look(client, path, *lines)).text() for path, lines in rows.items()]

    assert ["1 Zeile ist geschrieben." in text for text in said] == [True] * 3
    offer = Sprechstunde.objects.get()
    assert (str(offer.title), offer.kind, offer.office) == ("Sprachcafé", "meeting_place", office)
    assert Standort.objects.get(slug="marten").office == office
    assert Partner.objects.get().name == "Ein Verein"


@pytest.mark.parametrize(
    ("path", "lines", "sentences"),
    [
        (PLACES, ("a;b",), [f"Zeile 1: Diese Spalten fehlen: {ADDRESS}."]),
        (PLACES, (f"{ADDRESS};Wetter", "x;schön"), ["Zeile 1: Diese Spalten sind hier nicht bekannt: Wetter."]),
        (PLACES, (f"{ADDRESS};{NAME}", ";Marten"), [f"Zeile 2: {ADDRESS} fehlt."]),
        (OFFERS, ("ID;Name", "x;y", "99;y"), ["Zeile 2: „x“ ist keine Nummer einer Zeile.", "99"]),
        (PLACES, (f"{ADDRESS};Art", "marten;Zirkus"), ["Zeile 2: Art: „Zirkus“ ist hier nicht bekannt. Es gibt: Büro"]),
        (
            PLACES,
            (f"{ADDRESS};{NAME};Art", "marten;;Büro"),
            [f"Zeile 2: {NAME}: {REQUIRED}"],
        ),
        (PLACES, (f"{ADDRESS};Postleitzahl", "eving;4433"), ["Zeile 2: Postleitzahl: Bitte fünf Ziffern."]),
        (PLACES, (f"{ADDRESS}", "eving", "eving"), ["Zeile 3: „eving“ steht zweimal in der Datei."]),
        (PLACES, (f"{ADDRESS};{TEAM}", "eving;nirgends"), ["Zeile 2:", "„nirgends“ ist hier nicht bekannt."]),
        (
            PLACES,
            (f"{ADDRESS};Veröffentlicht", "eving;vielleicht"),
            ["„vielleicht“ ist hier nicht bekannt. Es gibt: Ja, Nein"],
        ),
        (PLACES, (f"{ADDRESS};Sprachen vor Ort", "eving;ar, xx"), ["„xx“ ist hier nicht bekannt."]),
    ],
)
def test_a_broken_table_changes_nothing_and_names_row_and_reason(
    client: Client, path: str, lines: tuple[str, ...], sentences: list[str]
) -> None:
    office = make_office("Eving")

    page = look(client, path, *lines)

    said = " ".join(faults(page))
    assert [sentence for sentence in sentences if sentence.casefold() not in said.casefold()] == []
    assert (Standort.objects.count(), Sprechstunde.objects.count()) == (1, 0)
    office.refresh_from_db()
    assert (office.postal_code, LogEntry.objects.count()) == ("", 0)


def test_who_answers_for_an_offer_is_not_changed_by_a_table(client: Client) -> None:
    offer, other = make_sprechstunde(office=make_office()), make_office("Eving")

    page = look(client, OFFERS, "ID;Zuständiges Büro", f"{offer.pk};{other.slug}")

    assert "Bitte ändern Sie das im Formular" in " ".join(faults(page))


def test_what_changed_since_somebody_looked_is_shown_again_and_not_written(client: Client) -> None:
    office = make_office()
    page = look(client, PLACES, f"{ADDRESS};{STREET}", f"{office.slug};Am Markt 1")
    Standort.objects.filter(pk=office.pk).update(street="Am Markt 3")

    again = agree(client, PLACES, page)

    office.refresh_from_db()
    assert (again.response.status_code, office.street) == (409, "Am Markt 3")
    assert "Inzwischen hat sich etwas geändert." in again.text()
    agree(client, PLACES, again)
    office.refresh_from_db()
    assert office.street == "Am Markt 1"


def test_a_table_that_breaks_after_somebody_looked_says_so(client: Client) -> None:
    office = make_office()
    page = look(client, PLACES, f"{ADDRESS};{TEAM}", f"marten;{office.slug}")
    page = look(client, PLACES, f"{ADDRESS};{NAME};Art;{TEAM}", f"marten;Marten;Außensprechstunde;{office.slug}")
    Standort.objects.all().delete()

    again = agree(client, PLACES, page)

    assert "ist hier nicht bekannt" in " ".join(faults(again))
    assert Standort.objects.count() == 0


def test_an_office_loads_and_changes_its_own_places_only() -> None:
    mine, foreign = make_office(), make_office("Eving", street="Geheimweg 1")
    make_schedule(make_sprechstunde(office=foreign))
    client = Client()
    client.force_login(make_user("office@example.org", mine))

    changed = agree(client, PLACES, look(client, PLACES, f"{ADDRESS};{STREET}", f"{mine.slug};Am Markt 1"))
    refused = look(client, PLACES, f"{ADDRESS};{STREET}", f"{foreign.slug};Am Markt 1")
    added = look(client, PLACES, f"{ADDRESS};{NAME};Art", "neu;Neu;Büro")

    assert "1 Zeile ist geschrieben." in changed.text()
    assert "Es gibt keine Zeile „eving“, die Sie ändern dürfen." in " ".join(faults(refused))
    assert "Geheimweg" not in refused.html
    assert "Hier dürfen Sie nichts hinzufügen." in " ".join(faults(added))
    foreign.refresh_from_db()
    assert foreign.street == "Geheimweg 1"
    assert [get(path, client).response.status_code for path in (HOME, PARTNERS, f"{HOME}wetter/einlesen/")] == [
        200,
        403,
        404,
    ]


def test_strangers_and_translators_see_no_tables() -> None:
    client = Client()
    assert client.get(HOME).status_code == 302
    client.force_login(make_user("ar@example.org"))

    assert [client.get(path).status_code for path in (HOME, PLACES)] == [403, 403]


def test_nothing_is_lost_where_no_file_or_no_agreement_comes(client: Client) -> None:
    response = client.post(PLACES, {})

    assert faults(Page(response, response.content.decode())) == [REQUIRED]
    assert client.post(PLACES, {"agreed": "", "content": ""}).headers["Location"] == PLACES
    assert get(PLACES, client).response.status_code == 200


@pytest.mark.parametrize("count", [1, 30])
def test_loading_costs_the_same_however_many_places_there_are(
    client: Client, count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        make_office(f"Büro {number}")
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": 9_999_999_999}]
    session.save()

    with django_assert_max_num_queries(12):
        response = client.get(f"{HOME}orte.csv")

    assert response.content.decode().count("\n") == count + 1
