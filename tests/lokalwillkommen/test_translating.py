"""Translators: one language, only open work, German beside it, save and next."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from lokalwillkommen.translating.views import ON_ONE_PAGE
from standorte.models import Standort, TextVersion
from standorte.text_history import write_text
from standorte.text_places import find_text
from standorte.texts import State, Text
from tests.factories import make_notice, make_user
from tests.pages import Page, get
from tests.translating_pages import DRAFT, GERMAN, HOME, area, make_building, page_of, send, translator, typed

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


@pytest.fixture
def client() -> Client:
    return translator("tr")


def building(name: str = "Marten") -> Text:
    found: Text = Standort.objects.get(name=name).building
    return found


def rewrite(key: str, text: Text) -> None:
    """Let somebody else write a text."""
    found = find_text(key)
    assert found is not None
    write_text(found, text, make_user("other@example.org"), NOW)


def links(page: Page) -> list[str]:
    return [href for one in page.all("a") if "/text/" in (href := one.get("href", ""))]


def test_who_translates_into_one_language_starts_there(client: Client) -> None:
    assert client.get(HOME).headers["Location"] == f"{HOME}tr/"


def test_who_translates_into_several_sees_how_much_waits_in_each() -> None:
    make_building(DRAFT.translated("ar", "في الفناء", State.CHECKED))
    make_building(GERMAN, "Eving")
    client = translator("ar", "tr")

    page = get(HOME, client)

    assert [page.text(one) for one in page.all("li")] == ["Arabisch: 1 Text wartet", "Türkisch: 2 Texte warten"]
    assert "Andere Sprachen" in get(f"{HOME}tr/", client).text()


def test_the_list_shows_open_work_only_and_leads_to_it(client: Client) -> None:
    open_key = make_building()
    make_building(GERMAN.translated("tr", "Avluda", State.CHECKED), "Eving")

    page = get(f"{HOME}tr/", client)

    assert links(page) == [page_of(open_key)]
    assert [page.text(one) for one in page.all("h1")] == ["Übersetzen: Türkisch"]
    said = "1 Text wartet. Ort „Marten“: Gebäude fehlt: gezeigt wird Deutsch Im Hof, zweite Tür links"
    assert said in page.text()


def test_when_nothing_waits_the_page_says_thank_you(client: Client) -> None:
    assert "Alle Texte sind übersetzt und geprüft. Vielen Dank!" in get(f"{HOME}tr/", client).text()


def test_a_long_list_is_paged(client: Client) -> None:
    for number in range(ON_ONE_PAGE + 1):
        make_building(name=f"Ort {number}")

    assert [len(links(get(f"{HOME}tr/{query}", client))) for query in ("", "?seite=2", "?seite=x")] == [50, 1, 50]


@pytest.mark.parametrize("count", [1, 3])
def test_list_and_text_cost_the_same_however_much_waits(
    client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    keys = [make_building(name=f"Ort {number}") for number in range(count)]

    with django_assert_num_queries(13):  # who asks, and one for each of eleven models with texts
        get(f"{HOME}tr/", client)
    with django_assert_num_queries(14):
        get(page_of(keys[0]), client)


def test_german_stands_beside_an_empty_field(client: Client) -> None:
    page = get(page_of(make_building()), client)

    assert [page.text(one) for one in page.all("h1")] == ["Ort „Marten“: Gebäude"]
    (german,) = (one for one in page.all("p") if one.get("class") == "source-text")
    assert (page.text(german), german.get("lang")) == ("Im Hof, zweite Tür links", "de")
    (field,) = page.all("textarea")
    assert (field.get("lang"), field.get("dir"), area(page)) == ("tr", "ltr", "")
    assert (page.all("ins"), page.all("del"), page.all("script")) == ([], [], [])


def test_right_to_left_is_written_from_the_right() -> None:
    (field,) = get(page_of(make_building(), "ar"), translator("ar")).all("textarea")

    assert (field.get("lang"), field.get("dir")) == ("ar", "rtl")


@pytest.mark.parametrize(
    ("button", "state", "said"),
    [
        ("checked", State.CHECKED, "Als geprüft gesichert: Ort „Marten“: Gebäude"),
        ("draft", State.DRAFT, "Als Entwurf gesichert: Ort „Marten“: Gebäude"),
        ("anything", State.DRAFT, "Als Entwurf gesichert: Ort „Marten“: Gebäude"),
    ],
)
def test_saving_writes_the_translation_with_its_version_and_goes_on(
    client: Client, button: str, state: State, said: str
) -> None:
    first, second = make_building(), make_building(name="Eving")

    answer = client.post(page_of(first), typed(client, page_of(first), "Avluda,\r\nsol girişte", button))

    assert answer.headers["Location"] == page_of(second)
    assert (building().words("tr"), building().state("tr")) == ("Avluda,\nsol girişte", state)
    version = TextVersion.objects.get()
    assert (version.after, str(version.written_by)) == ("Avluda,\nsol girişte", "uebersetzen@example.org")
    assert said in get(page_of(second), client).text()


def test_a_draft_is_found_right_with_one_button(client: Client) -> None:
    key = make_building(DRAFT)

    assert area(get(page_of(key), client)) == "Avluda"
    answer = client.post(page_of(key), typed(client, page_of(key), "Avluda"))

    assert (building().state("tr"), answer.headers["Location"]) == (State.CHECKED, f"{HOME}tr/")


def test_skipping_goes_round_all_open_work(client: Client) -> None:
    keys = [make_building(name=name) for name in ("Eving", "Hörde", "Marten")]

    skips = [links(get(page_of(key), client)) for key in keys]

    assert skips == [[page_of(keys[1])], [page_of(keys[2])], [page_of(keys[0])]]


def test_the_only_open_text_can_not_be_skipped_but_left(client: Client) -> None:
    page = get(page_of(make_building()), client)

    assert (links(page), "Zur Liste" in page.text()) == ([], True)


def test_a_text_that_is_done_can_still_be_opened_and_mended(client: Client) -> None:
    done, waiting = make_building(GERMAN.translated("tr", "Avlu", State.CHECKED)), make_building(name="Eving")

    answer = client.post(page_of(done), typed(client, page_of(done), "Avluda"))

    assert (building().words("tr"), answer.headers["Location"]) == ("Avluda", page_of(waiting))


def test_what_changed_in_the_german_since_is_marked(client: Client) -> None:
    key = make_building(GERMAN.translated("tr", "Avluda", State.CHECKED))
    rewrite(key, building().edited({"de": "Im Hof, dritte Tür links"}))

    page = get(page_of(key), client)

    assert [page.text(one) for one in (*page.all("del"), *page.all("ins"))] == [
        "[weggefallen:] zweite [Ende]",
        "[neu:] dritte [Ende]",
    ]
    assert (area(page), "veraltet: Das Deutsche hat sich seitdem geändert" in page.text()) == ("Avluda", True)
    client.post(page_of(key), typed(client, page_of(key), "Avluda, üçüncü giriş"))
    assert building().state("tr") is State.CHECKED


def test_where_the_former_german_is_not_known_the_page_says_so(client: Client) -> None:
    key = make_building(GERMAN.translated("tr", "Avluda", State.CHECKED).edited({"de": "Im Garten"}))

    page = get(page_of(key), client)

    assert "wie er vorher war, ist nicht bekannt" in page.text()
    assert (page.all("ins"), page.all("del")) == ([], [])


def test_nothing_typed_is_no_translation(client: Client) -> None:
    key = make_building(DRAFT)

    page = send(client, page_of(key), typed(client, page_of(key), "  "))

    assert "Bitte schreiben Sie zuerst die Übersetzung" in page.text()
    assert (page.response.status_code, building()) == (200, DRAFT)


def test_too_much_is_shown_again_not_lost(client: Client) -> None:
    key, words = make_building(), "x" * 4001

    page = send(client, page_of(key), typed(client, page_of(key), words))

    assert (area(page), building()) == (words, GERMAN)


@pytest.mark.parametrize("length", [300, 301])
def test_a_notice_stays_short_in_every_language(client: Client, length: int) -> None:
    notice = make_notice("Wir ziehen um.", NOW.date(), date(9999, 12, 31))
    path, words = page_of(f"notices.notice.{notice.pk}.text"), "x" * length

    page = send(client, path, typed(client, path, words))

    notice.refresh_from_db()
    stored = notice.text.words("tr")
    said = "Bitte kürzer: höchstens 300 Zeichen in jeder Sprache." in page.text()
    assert (stored, said) == ((words, False) if length == 300 else ("", True))


def test_who_saves_second_sees_what_the_first_wrote_beside_their_own_words(client: Client) -> None:
    key = make_building()
    mine = typed(client, page_of(key), "Avluda")
    rewrite(key, GERMAN.translated("tr", "Bahçede", State.CHECKED))

    page = send(client, page_of(key), mine)

    assert (page.response.status_code, area(page), building().words("tr")) == (409, "Avluda", "Bahçede")
    assert [page.text(one) for one in page.all("p") if one.get("class") == "source-text"] == ["Bahçede", str(GERMAN)]
    again = {str(one.get("name")): one.get("value", "") for one in page.all("input") if one.get("name")}
    client.post(page_of(key), {**again, "words": area(page), "state": "checked"})
    assert building().words("tr") == "Avluda"


def test_german_that_changed_while_somebody_typed_is_shown_with_its_changes(client: Client) -> None:
    key = make_building()
    mine = typed(client, page_of(key), "Avluda, ikinci giriş")
    rewrite(key, building().edited({"de": "Im Hof, dritte Tür links"}))

    page = send(client, page_of(key), mine)

    assert (page.response.status_code, area(page)) == (409, "Avluda, ikinci giriş")
    assert [page.text(one) for one in page.all("ins")] == ["[neu:] dritte [Ende]"]
    assert building().translations == {}


def test_white_space_in_the_german_and_translations_of_others_do_not_disturb(client: Client) -> None:
    key = make_building()
    mine = typed(client, page_of(key), "Avluda")
    rewrite(key, Text("Im Hof,\nzweite Tür  links").translated("ar", "في الفناء", State.CHECKED))

    client.post(page_of(key), mine)

    assert [building().words(code) for code in ("tr", "ar")] == ["Avluda", "في الفناء"]


def test_a_form_that_says_nothing_of_what_was_seen_writes_nothing(client: Client) -> None:
    key = make_building(DRAFT)

    page = send(client, page_of(key), {"words": "Bahçede"})

    assert (page.response.status_code, area(page), building()) == (409, "Bahçede", DRAFT)


@pytest.mark.parametrize("remains", [True, False])
def test_a_text_that_was_deleted_meanwhile_gives_back_what_was_typed(client: Client, *, remains: bool) -> None:
    key = make_building()
    mine = typed(client, page_of(key), "Avluda")
    if remains:
        Standort.objects.update(building=Text())
    else:
        Standort.objects.all().delete()

    page = send(client, page_of(key), mine)

    assert (page.response.status_code, "Avluda" in page.text()) == (410, True)
    assert "Diesen Text gibt es nicht mehr" in page.text()
    assert client.get(page_of(key)).status_code == 404


def test_the_first_page_of_the_admin_leads_translators_to_their_work(client: Client) -> None:
    def leads(who: Client) -> bool:
        return HOME in [one.get("href") for one in get("/admin/", who).all("a")]

    assert (leads(client), leads(translator(email="nobody@example.org"))) == (True, False)
