"""Two people have the same form open: the second sees what the first changed, and nothing typed is lost."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models import Model
from django.http import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from lokalwillkommen.accounts.models import User
from lokalwillkommen.facts.models import Figure, Unit
from lokalwillkommen.legal.models import LegalText
from lokalwillkommen.legal.sections import Section
from sprechstunden.models import Participation
from standorte.meanwhile import BEHIND, SEEN
from standorte.models import PartnerRole, Phone, PostalCode
from standorte.models.partner import RoleKind
from standorte.texts import Text
from tests.factories import (
    make_notice,
    make_partner,
    make_postal_code,
    make_schedule,
    make_sprechstunde,
    make_stadtbezirk,
    make_stadtteil,
    make_standort,
    make_topic,
    make_user,
)
from tests.pages import FormData, Page, form_of, get
from tests.sign_videos import MP4, make_sign_video

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 12, 1), date(2026, 12, 8)


def make_figure() -> Figure:
    return Figure.objects.create(quantity=5, unit=Unit.PEOPLE, source="Bericht")


def make_legal_text() -> LegalText:
    return LegalText.objects.create(section=Section.PHONE, text=Text("Nur vormittags"))


def somebody() -> User:
    return make_user("alt@example.org", is_superuser=True)


@pytest.fixture
def first() -> Client:
    return _logged_in("first@example.org")


@pytest.fixture
def second() -> Client:
    return _logged_in("second@example.org")


def _logged_in(email: str) -> Client:
    client = Client()
    client.force_login(make_user(email, is_superuser=True))
    return client


def url_of(row: Model) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])  # noqa: SLF001


def opened(client: Client, row: Model) -> FormData:
    """Open the form of a row; give what a browser would send."""
    return form_on(get(url_of(row), client), row)


def form_on(page: Page, row: Model) -> FormData:
    return form_of(page, f"{row._meta.model_name}_form")  # noqa: SLF001


def sent(client: Client, row: Model, data: FormData) -> HttpResponseBase:
    return client.post(url_of(row), {name: value for name, value in data.items() if value != []})


def refused(client: Client, row: Model, data: FormData) -> Page:
    response = client.post(url_of(row), data)
    assert response.status_code == 409
    return Page(response, response.content.decode())


def meanwhile(page: Page) -> str:
    """Give what the page says about what the other person did."""
    return " ".join(page.text(one) for one in page.all("li") if one.get("class") == "act")


def differences(page: Page) -> dict[str, str]:
    """Give for each field what the other person made of it."""
    found = [one for one in page.all("div") if one.get("class") == "difference"]
    return {page.text(one.find("dt")): page.text(one.find("dd")) for one in found}


def refreshed(row: Model) -> Model:
    return type(row)._default_manager.get(pk=row.pk)  # noqa: SLF001


EACH_KIND: dict[str, tuple[Callable[[], Model], FormData, FormData, str]] = {
    "place": (make_standort, {"street": "Neuer Weg 1"}, {"email": "hier@example.org"}, "Neuer Weg 1"),
    "partner": (make_partner, {"website": "https://a.example/"}, {"name": "Die Diakonie"}, "https://a.example/"),
    "district": (make_stadtbezirk, {"source": "Anruf"}, {"note": "fragen"}, "Anruf"),
    "neighbourhood": (make_stadtteil, {"name": "Wester"}, {"note": "fragen"}, "Westerfilde → Wester"),
    "postal code": (make_postal_code, {"source": "Anruf"}, {"note": "fragen"}, "Anruf"),
    "topic": (make_topic, {"name_de": "Mieten"}, {"note": "fragen"}, "Wohnen → Mieten"),
    "two languages": (make_topic, {"name_fr": "Loger"}, {"name_de": "Mieten"}, "Loger"),
    "notice": (
        lambda: make_notice("Wir ziehen um", FIRST, LAST),
        {"text_de": "Wir bleiben"},
        {"last": "09.12.2026"},
        "Wir ziehen um → Wir bleiben",
    ),
    "figure": (make_figure, {"quantity": "7"}, {"note": "fragen"}, "5 → 7"),
    "legal text": (
        make_legal_text,
        {"text_de": "Auch abends"},
        {"text_en": "Mornings"},
        "Nur vormittags → Auch abends",
    ),
    "account": (
        somebody,
        {"email": "neu@example.org"},
        {"role": "coordination"},
        "alt@example.org → neu@example.org",
    ),
}


@pytest.mark.parametrize(("make", "of_first", "of_second", "said"), EACH_KIND.values(), ids=EACH_KIND)
def test_who_saves_second_sees_what_the_first_changed_and_saving_again_keeps_both(  # noqa: PLR0913, PLR0917  # a table
    make: Callable[[], Model], of_first: FormData, of_second: FormData, said: str, first: Client, second: Client
) -> None:
    row = make()
    form = opened(second, row)
    assert sent(first, row, opened(first, row) | of_first).status_code == 302
    stored = refreshed(row)

    page = refused(second, row, form | of_second)

    assert refreshed(row).__dict__.keys() == stored.__dict__.keys()
    assert {**refreshed(row).__dict__, "_state": 0} == {**stored.__dict__, "_state": 0}
    assert said in differences(page).values()
    assert "first@example.org" in meanwhile(page)
    again = form_on(page, row)
    typed = of_first | of_second
    assert {name: again[name] for name in typed} == typed
    assert sent(second, row, again).status_code == 302
    last = opened(first, row)
    assert {name: last[name] for name in typed} == typed
    assert sent(first, row, last).status_code == 302


def test_what_both_typed_into_the_same_field_stays_as_the_second_typed_it_beside_the_words_of_the_first(
    first: Client, second: Client
) -> None:
    place = make_standort(street="Alter Weg 1", directions=Text("Klingeln"))
    form = opened(second, place)
    assert sent(first, place, opened(first, place) | {"street": "A-Weg 2", "directions_de": "Rufen"}).status_code == 302

    page = refused(second, place, form | {"street": "B-Weg 3", "directions_de": "Klopfen"})

    said = differences(page)
    assert (said["Straße und Hausnummer"], said["So findet man hin, Deutsch"]) == (
        "Alter Weg 1 → A-Weg 2",
        "Klingeln → Rufen",
    )
    again = form_on(page, place)
    assert (again["street"], again["directions_de"]) == ("B-Weg 3", "Klopfen")
    assert sent(second, place, again).status_code == 302
    place.refresh_from_db()
    assert (place.street, str(place.directions)) == ("B-Weg 3", "Klopfen")


def test_a_third_person_in_between_is_seen_too(first: Client, second: Client) -> None:
    district = make_stadtbezirk()
    form = opened(second, district)
    assert sent(first, district, opened(first, district) | {"note": "eins"}).status_code == 302
    again = form_on(refused(second, district, form | {"source": "zwei"}), district)
    assert sent(first, district, opened(first, district) | {"note": "drei"}).status_code == 302

    page = refused(second, district, again)

    assert differences(page)["Notiz für das Team"] == "eins → drei"
    last = form_on(page, district)
    assert (last["note"], last["source"]) == ("drei", "zwei")


def test_places_that_the_first_chose_stay_chosen(first: Client, second: Client) -> None:
    marten, huckarde = make_standort("Marten"), make_standort("Huckarde")
    notice = make_notice("Wir ziehen um", FIRST, LAST, marten)
    form = opened(second, notice)
    both: FormData = {"standorte": [str(marten.pk), str(huckarde.pk)]}
    assert sent(first, notice, opened(first, notice) | both).status_code == 302

    page = refused(second, notice, form | {"text_de": "Wir bleiben"})

    assert sorted(form_on(page, notice)["standorte"]) == sorted(both["standorte"])


def test_rows_that_belong_to_it_count_and_come_again_as_they_are_now(first: Client, second: Client) -> None:
    place = make_standort()
    kept, gone, missed = (Phone.objects.create(standort=place, number=f"0231 45500{n}") for n in (1, 2, 3))
    form = opened(second, place)
    rows = {form[f"phones-{n}-id"]: f"phones-{n}" for n in range(3)}
    of_kept, of_gone, of_missed = (rows[str(one.pk)] for one in (kept, gone, missed))
    theirs: FormData = {f"{of_kept}-number": "0231 455011", f"{of_gone}-DELETE": "on", f"{of_missed}-DELETE": "on"}
    new: FormData = {"phones-3-number": "0231 455004"}
    assert sent(first, place, opened(first, place) | theirs | new).status_code == 302

    page = refused(second, place, form | {f"{of_missed}-number": "0231 455033", "phones-3-number": "0231 455005"})

    for words in ("0231 455001 → 0231 455011", "Gelöscht: Telefonnummer", "0231 455002", "0231 455003", "0231 455004"):
        assert words in meanwhile(page)
    again = form_on(page, place)
    assert (again["phones-INITIAL_FORMS"], again["phones-TOTAL_FORMS"]) == ("1", "3")
    shown = [(again[f"phones-{n}-id"], again[f"phones-{n}-number"]) for n in range(3)]
    assert shown == [(str(kept.pk), "0231 455011"), ("", "0231 455033"), ("", "0231 455005")]
    assert sent(second, place, again).status_code == 302
    numbers = {"0231 455004", "0231 455005", "0231 455011", "0231 455033"}
    assert set(place.phones.values_list("number", flat=True)) == numbers


def test_a_row_that_was_changed_from_its_other_side_counts_too(first: Client, second: Client) -> None:
    place, partner = make_standort(), make_partner()
    PartnerRole.objects.create(partner=partner, standort=place, kind=RoleKind.RUNS)
    form = opened(second, place)
    assert sent(first, partner, opened(first, partner) | {"roles-0-kind": RoleKind.FUNDS}).status_code == 302

    page = refused(second, place, form | {"street": "Neuer Weg 1"})

    assert form_on(page, place)["roles-0-kind"] == RoleKind.FUNDS


def test_an_office_that_may_write_only_some_fields_sees_the_others_too(first: Client) -> None:
    place, office = make_standort(), Client()
    office.force_login(make_user("office@example.org", place))
    form = opened(office, place) | {"email": "hier@example.org"}
    assert "slug" not in form
    assert sent(first, place, opened(first, place) | {"slug": "marten-neu"}).status_code == 302

    page = refused(office, place, form)

    assert "marten → marten-neu" in differences(page).values()
    assert sent(office, place, form_on(page, place)).status_code == 302
    place.refresh_from_db()
    assert (place.slug, place.email) == ("marten-neu", "hier@example.org")


def test_rows_that_a_form_only_shows_are_in_nobody_s_way(first: Client, second: Client) -> None:
    place = make_standort()
    times = make_schedule(make_sprechstunde(), standort=place)
    form = opened(second, place) | {"street": "Neuer Weg 1"}
    times.note = "fragen"
    times.save()

    assert [sent(second, place, form).status_code for _press in range(2)] == [302, 302]
    assert sent(first, place, opened(first, place) | {"street": "Weg 2"}).status_code == 302
    assert "Neuer Weg 1 → Weg 2" in meanwhile(refused(second, place, form))


def test_what_was_typed_into_an_offer_that_a_partner_takes_part_in_counts(first: Client, second: Client) -> None:
    partner = make_partner()
    taking_part = Participation.objects.create(partner=partner, sprechstunde=make_sprechstunde(), source="Flyer")
    form = opened(second, partner)
    name = next(name for name, value in form.items() if value == "Flyer").removesuffix("-source")
    assert sent(first, partner, opened(first, partner) | {f"{name}-source": "Anruf"}).status_code == 302

    page = refused(second, partner, form | {"name": "Die Diakonie"})

    assert form_on(page, partner)[f"{name}-id"] == str(taking_part.pk)
    assert form_on(page, partner)[f"{name}-source"] == "Anruf"


def test_nothing_is_confirmed_before_the_second_has_seen_it(first: Client, second: Client) -> None:
    place = make_standort()
    form = opened(second, place)
    assert sent(first, place, opened(first, place) | {"street": "Neuer Weg 1"}).status_code == 302
    confirmed = place.evidence.get().confirmed_by

    refused(second, place, form | {"_confirm": "address"})

    assert place.evidence.get().confirmed_by == confirmed


def test_what_is_wrong_is_said_at_once_and_files_are_asked_for_again(
    first: Client, second: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    video = make_sign_video()
    form = opened(second, video) | {"captions": "", "poster": ""}
    file = SimpleUploadedFile("other.mp4", MP4)
    assert sent(first, video, opened(first, video) | {"title_de": "Neu"}).status_code == 302

    page = refused(second, video, form | {"transcript_de": "", "film": file})  # type: ignore[arg-type]  # a file

    assert "Dateien müssen Sie noch einmal auswählen." in page.text()
    assert "Dieses Feld ist zwingend erforderlich." in page.text()
    assert refreshed(video).film.name == video.film.name  # type: ignore[attr-defined]


def test_a_save_that_changed_nothing_and_a_confirmation_are_in_nobody_s_way(first: Client, second: Client) -> None:
    partner, notice = make_partner(), make_notice("Wir ziehen um", FIRST, LAST, make_standort())
    forms = {row: opened(second, row) for row in (partner, notice)}
    for row in forms:
        assert sent(first, row, opened(first, row)).status_code == 302
    partner.confirm(FIRST, User.objects.get(email="first@example.org"))
    partner.save()

    assert sent(second, partner, forms[partner] | {"name": "Die Diakonie"}).status_code == 302
    assert sent(second, notice, forms[notice] | {"text_de": "Wir bleiben"}).status_code == 302
    partner.refresh_from_db()
    assert (partner.name, partner.source) == ("Die Diakonie", "lokal willkommen")


def test_a_button_that_was_pressed_twice_saves_once_and_asks_nothing(second: Client) -> None:
    place = make_standort()
    Phone.objects.create(standort=place, number="0231 455001")
    form = opened(second, place) | {"street": "Neuer Weg 1", "phones-0-number": "0231 455002"}

    assert [sent(second, place, form).status_code for _press in range(2)] == [302, 302]
    new = form | {"phones-1-number": "0231 455003"}
    assert [sent(second, place, new).status_code for _press in range(2)] == [409, 409]
    assert place.phones.count() == 1


def test_what_was_typed_into_something_that_is_gone_can_be_saved_as_a_new_one(first: Client, second: Client) -> None:
    code = make_postal_code()
    code.areas.create(stadtbezirk=make_stadtbezirk(), certainty="sure")
    url, form = url_of(code), opened(second, code) | {"note": "fragen", "areas-0-certainty": "possible"}
    assert first.post(url.replace("change", "delete"), {"post": "yes"}).status_code == 302

    response = second.post(url, form)

    assert (response.status_code, PostalCode.objects.count()) == (409, 0)
    page = Page(response, response.content.decode())
    assert "Jemand anderes hat das gelöscht, während Sie es geöffnet hatten." in page.text()
    assert meanwhile(page).startswith("Gelöscht: Postleitzahl 44357")
    action = page.by_id("postalcode_form").get("action")
    assert action == "/admin/standorte/postalcode/add/"
    assert second.post(action, form_on(page, code)).status_code == 302
    saved = PostalCode.objects.get()
    assert (saved.code, saved.note, saved.areas.get().certainty) == ("44357", "fragen", "possible")


def test_who_may_make_no_new_ones_is_told_that_it_is_gone(first: Client) -> None:
    place, office = make_standort(), Client()
    office.force_login(make_user("office@example.org", place))
    url, form = url_of(place), opened(office, place)
    assert first.post(url.replace("change", "delete"), {"post": "yes"}).status_code == 302

    assert office.post(url, form).status_code == 302


def test_a_row_that_both_added_is_not_stored_twice(first: Client, second: Client) -> None:
    place = make_standort()
    number: FormData = {"phones-0-number": "0231 455003"}
    form = opened(second, place)
    assert sent(first, place, opened(first, place) | number).status_code == 302
    again = form_on(refused(second, place, form | number | {"street": "Neuer Weg 1"}), place)

    page = refused(second, place, again)

    assert "Eine Zeile, die Sie hinzugefügt haben, ist schon gespeichert." in page.text()
    last = form_on(page, place)
    assert (last["street"], last["phones-0-number"]) == ("Neuer Weg 1", "0231 455003")
    assert sent(second, place, last | {"phones-0-number": ""}).status_code == 302
    assert place.phones.count() == 1


def test_a_form_that_does_not_say_what_it_has_seen_is_saved(first: Client, second: Client) -> None:
    district = make_stadtbezirk()
    form = opened(second, district)
    assert sent(first, district, opened(first, district) | {"note": "eins"}).status_code == 302

    del form[SEEN]

    assert sent(second, district, form | {"note": "zwei"}).status_code == 302


@pytest.mark.parametrize("typed", ["", "x", "1-2-3-4", "9" * 19, "9" * 18])
def test_who_says_nonsense_about_what_they_have_seen_is_shown_everything(second: Client, typed: str) -> None:
    district = make_stadtbezirk()

    page = refused(second, district, opened(second, district) | {SEEN: typed, "note": "zwei"})

    assert form_on(page, district)["note"] == "zwei"


def test_nobody_else_says_that_a_form_is_behind(second: Client) -> None:
    district = make_stadtbezirk()

    assert sent(second, district, opened(second, district) | {BEHIND: "x", "note": "zwei"}).status_code == 302


@pytest.mark.parametrize("sent_rows", [{}, {"phones-INITIAL_FORMS": "x"}, {"phones-TOTAL_FORMS": "999999999"}])
def test_rows_that_were_sent_damaged_break_nothing(sent_rows: FormData, first: Client, second: Client) -> None:
    place = make_standort()
    form = opened(second, place)
    assert sent(first, place, opened(first, place) | {"street": "Neuer Weg 1"}).status_code == 302
    damaged = {name: value for name, value in form.items() if not name.startswith("phones-")} | sent_rows

    refused(second, place, damaged)


@pytest.mark.parametrize("rows", [1, 5])
def test_opening_a_form_asks_for_versions_once_however_many_rows_belong_to_it(rows: int, first: Client) -> None:
    place = make_standort()
    for n in range(rows):
        Phone.objects.create(standort=place, number=f"0231 45500{n}")

    with CaptureQueriesContext(connection) as asked:
        get(url_of(place), first)

    assert len([one for one in asked.captured_queries if "historical" in one["sql"]]) == 1
