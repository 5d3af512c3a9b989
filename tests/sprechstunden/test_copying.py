"""An offer is copied to another place: the form begins with all it has, and nothing changes until it is saved."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client

from sprechstunden.models import Schedule, Sprechstunde, SprechstundeKind
from standorte.models import Answer
from standorte.texts import State, Text
from tests.factories import make_office, make_partner, make_schedule, make_sprechstunde, make_standort, make_topic
from tests.offer_form import ADD, FORM, change_url, new_times, open_form, send, staff_client
from tests.pages import NOW, FormData, Page, form_of, get, moments
from tests.rights import client_who_may

pytestmark = pytest.mark.django_db
TITLE = Text("Elterncafé").translated("ar", "مقهى الأهل", State.DRAFT)
WORDS = Text("Mit Kaffee").translated("en", "With coffee", State.DRAFT)


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def staff() -> Client:
    return staff_client()


@pytest.fixture
def cafe() -> Sprechstunde:
    offer = make_sprechstunde(
        SprechstundeKind.MEETING_PLACE,
        partner=make_partner(),
        title=TITLE,
        walk_in=Answer.YES,
        bring=("letter", "bank"),
        is_published=False,
    )
    offer.topics.set([make_topic("Wohnen"), make_topic("Kita")])
    make_schedule(
        offer,
        interval=2,
        anchor=date(2024, 1, 2),
        valid_from=date(2024, 1, 2),
        standort=make_standort(),
        languages=("ar",),
        words=WORDS,
        held_on_closing_days=True,
        follows_school_holidays=True,
    )
    return offer


def copied(offer: Sprechstunde) -> str:
    return f"{ADD}?kopie={offer.pk}"


def test_the_form_offers_to_copy(staff: Client, cafe: Sprechstunde) -> None:
    page = get(change_url(cafe), staff)

    assert [link.get("href") for link in page.all("a") if page.text(link) == "Kopieren"] == [copied(cafe)]


def test_who_may_not_add_is_not_offered_a_copy(monkeypatch: pytest.MonkeyPatch, cafe: Sprechstunde) -> None:
    Sprechstunde.objects.update(partner=None, office=make_office())
    staff = client_who_may(monkeypatch, "change_sprechstunde", "change_schedule")

    page = get(change_url(cafe), staff)

    assert [link for link in page.all("a") if page.text(link) == "Kopieren"] == []
    assert staff.get(copied(cafe)).status_code == 403


def test_only_the_place_need_be_changed(staff: Client, cafe: Sprechstunde) -> None:
    dorstfeld = make_standort("Dorstfeld")

    typed = open_form(staff, copied(cafe)) | new_times(standort=str(dorstfeld.pk))
    assert Sprechstunde.objects.count() == 1
    response = staff.post(copied(cafe), typed)

    assert response.status_code == 302
    copy = Sprechstunde.objects.exclude(pk=cafe.pk).get()
    for name in ("kind", "title", "office", "partner", "walk_in", "bring", "is_published"):
        assert getattr(copy, name) == getattr(cafe, name)
    assert list(copy.topics.all()) == list(cafe.topics.all())
    before, after = cafe.schedules.get(), copy.schedules.get()
    for name in ("frequency", "interval", "weekdays", "anchor", "opens", "closes", "languages", "words"):
        assert getattr(after, name) == getattr(before, name)
    assert (after.held_on_closing_days, after.follows_school_holidays) == (True, True)
    assert (after.standort, after.valid_from) == (dorstfeld, NOW.date())
    assert (after.uid == before.uid, copy.key) == (False, None)
    assert (copy.title.state("ar"), after.words.state("en")) == (State.DRAFT, State.DRAFT)


def test_a_copy_that_nobody_touches_has_its_times_too(staff: Client, cafe: Sprechstunde) -> None:
    staff.post(copied(cafe), open_form(staff, copied(cafe)))

    assert Schedule.objects.count() == 2


def test_a_translation_that_is_written_anew_is_checked(staff: Client, cafe: Sprechstunde) -> None:
    staff.post(copied(cafe), open_form(staff, copied(cafe)) | {"title_ar": "مقهى الآباء"})

    copy = Sprechstunde.objects.exclude(pk=cafe.pk).get()
    assert (copy.title.words("ar"), copy.title.state("ar")) == ("مقهى الآباء", State.CHECKED)


def test_the_dates_of_a_copy_can_be_looked_at_before_saving(staff: Client, cafe: Sprechstunde) -> None:
    page = send(staff, copied(cafe), open_form(staff, copied(cafe)) | {"_preview": "1"})

    assert moments(page.by_id("vorschau"))[:2] == ["2026-12-01T10:00+01:00", "2026-12-15T10:00+01:00"]
    assert form_of(page, FORM)["title_de"] == "Elterncafé"
    assert Sprechstunde.objects.count() == 1


def test_a_copy_begins_with_the_times_that_hold_today_not_with_those_to_come(staff: Client, cafe: Sprechstunde) -> None:
    make_schedule(cafe, valid_from=date(2027, 1, 5), weekdays=("WE",), standort=None)

    assert open_form(staff, copied(cafe))["schedules-2-0-weekdays"] == ["TU"]


def test_a_copy_of_what_has_not_begun_begins_with_its_first_times(staff: Client) -> None:
    offer = make_sprechstunde()
    make_schedule(offer, valid_from=date(2027, 1, 5), weekdays=("WE",))

    form = open_form(staff, copied(offer))

    assert (form["schedules-2-0-weekdays"], form["schedules-2-0-valid_from"]) == (["WE"], "22.11.2026")


def test_a_copy_of_an_offer_without_times_has_none(staff: Client) -> None:
    offer = make_sprechstunde(SprechstundeKind.EVENT)

    staff.post(copied(offer), open_form(staff, copied(offer)))

    copy = Sprechstunde.objects.exclude(pk=offer.pk).get()
    assert (copy.kind, copy.office, copy.schedules.count()) == ("event", offer.office, 0)


@pytest.mark.parametrize("wanted", ["", "0", "999", "nonsense", "\x00", "9" * 30, "-1"])
def test_what_is_no_offer_gives_an_empty_form(staff: Client, cafe: Sprechstunde, wanted: str) -> None:
    def without_token(form: FormData) -> FormData:
        return {name: value for name, value in form.items() if name != "csrfmiddlewaretoken"}

    response = staff.get(ADD, {"kopie": wanted})

    assert response.status_code == 200
    typed = form_of(get(f"{ADD}?kopie={wanted}".replace("\x00", "%00"), staff), FORM)
    assert without_token(typed) == without_token(open_form(staff, ADD))
    assert typed["title_de"] == ""
    assert cafe.pk


@pytest.mark.parametrize("wanted", ["nonsense", "9" * 30, "\x00"])
def test_an_office_or_partner_that_can_be_none_gives_an_empty_form(staff: Client, wanted: str) -> None:
    response = staff.get(ADD, {"office": wanted, "partner": wanted})

    assert response.status_code == 200
    assert form_of(Page(response, response.content.decode()), FORM)["office"] == ""


def test_an_office_that_is_one_is_chosen(staff: Client) -> None:
    office = make_office()

    assert open_form(staff, f"{ADD}?office={office.pk}")["office"] == str(office.pk)


def test_who_may_add_but_not_see_copies_nothing(monkeypatch: pytest.MonkeyPatch, cafe: Sprechstunde) -> None:
    Sprechstunde.objects.update(partner=None, office=make_office())
    staff = client_who_may(monkeypatch, "add_sprechstunde", "add_schedule")

    assert open_form(staff, copied(cafe))["title_de"] == ""


def test_the_address_of_a_copy_changes_no_form_of_an_offer_there_is(staff: Client, cafe: Sprechstunde) -> None:
    other = make_schedule(weekdays=("FR",)).sprechstunde

    form = open_form(staff, f"{change_url(other)}?kopie={cafe.pk}")

    assert (form["title_de"], form["schedules-2-0-weekdays"]) == ("", ["FR"])


@pytest.mark.parametrize(
    ("confirmed_on", "count"), [(None, 2), (NOW.date() - timedelta(400), 2), (NOW.date() - timedelta(7), 0)]
)
def test_the_buttons_say_where_saving_confirms_what_nobody_had_confirmed(
    staff: Client, confirmed_on: date | None, count: int
) -> None:
    offer = make_schedule(confirmed_on=confirmed_on).sprechstunde
    sentence = "Mit dem Sichern bestätigen Sie diese Zeiten"

    assert get(copied(offer), staff).text().count(sentence) == count
    assert (
        send(staff, copied(offer), open_form(staff, copied(offer)) | {"_preview": "1"}).text().count(sentence) == count
    )
    others = change_url(offer), ADD, copied(make_sprechstunde())
    assert [sentence in get(path, staff).text() for path in others] == [False, False, False]
