"""A table is looked at first; then exactly that is written, or nothing."""

import csv
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from standorte.models import Standort, TextVersion
from standorte.text_places import find_text
from standorte.texts import State, Text, fingerprint
from tests.factories import make_closure, make_notice, make_schedule, make_standort
from tests.pages import FormData, Page, get
from tests.translating_pages import DRAFT, GERMAN, HOME, make_building, translator

pytestmark = pytest.mark.django_db

TABLE, READ_IN = f"{HOME}tr/tabelle.csv", f"{HOME}tr/einlesen/"
OF = fingerprint(str(GERMAN))
CHECKED = GERMAN.translated("tr", "Avluda", State.CHECKED)


@pytest.fixture
def client() -> Client:
    return translator("tr")


def file_of(*rows: tuple[str, str, str]) -> str:
    """Give a table of keys, fingerprints and translations."""
    lines = [f'{key},tr,{of},"{words}"' for key, of, words in rows]
    return "\n".join(["key,language,fingerprint,translation", *lines])


def look(client: Client, content: str | bytes, *, checked: bool = False) -> Page:
    raw = content if isinstance(content, bytes) else content.encode()
    data = {"file": SimpleUploadedFile("t.csv", raw), **({"checked": "on"} if checked else {})}
    response = client.post(READ_IN, data)
    return Page(response, response.content.decode())


def agreed(page: Page) -> FormData:
    """Give what the button below the differences sends."""
    form = next(one for one in page.all("form") if any(i.get("name") == "agreed" for i in one.iter("input")))
    return {str(one.get("name")): one.get("value", "") for one in form.iter("input")}


def outcomes(page: Page) -> list[str]:
    return [found for one in page.all("li") if (found := one.get("data-outcome"))]


def stored(name: str = "Marten") -> Text:
    found: Text = Standort.objects.get(name=name).building
    return found


def rewrite(key: str, text: Text) -> None:
    found = find_text(key)
    assert found is not None
    Standort.objects.filter(pk=found.row.pk).update(building=text)


def test_open_work_or_everything_is_loaded_as_a_table(client: Client) -> None:
    waiting, done = make_building(DRAFT), make_building(CHECKED, "Eving")

    def keys(path: str) -> list[str]:
        content = client.get(path).content.decode("utf-8-sig")
        return [row["key"] for row in csv.DictReader(StringIO(content), delimiter=";")]

    assert (keys(TABLE), keys(f"{TABLE}?umfang=alles")) == ([waiting], [waiting, done])
    headers = client.get(TABLE).headers
    assert headers["Content-Type"] == "text/csv; charset=utf-8"
    assert headers["Content-Disposition"] == 'attachment; filename="texte-tr.csv"'
    assert "no-store" in headers["Cache-Control"]


@pytest.mark.parametrize(("checked", "state"), [(False, State.DRAFT), (True, State.CHECKED)])
def test_what_was_seen_and_agreed_to_is_written_with_versions(client: Client, *, checked: bool, state: State) -> None:
    key = make_building(GERMAN.translated("tr", "Bahçede", State.CHECKED))

    page = look(client, file_of((key, OF, "Avluda")), checked=checked)

    assert (outcomes(page), stored().words("tr")) == (["written"], "Bahçede")
    assert [page.text(one) for one in (*page.all("del"), *page.all("ins"))] == [
        "[weggefallen:] Bahçede [Ende]",
        "[neu:] Avluda [Ende]",
    ]
    answer = client.post(READ_IN, agreed(page), follow=True)
    assert (stored().words("tr"), stored().state("tr")) == ("Avluda", state)
    assert "1 Übersetzung ist übernommen." in answer.content.decode()
    version = TextVersion.objects.get()
    assert (version.before, version.after, str(version.written_by)) == ("Bahçede", "Avluda", "uebersetzen@example.org")


@pytest.mark.parametrize(
    ("text", "checked", "outcome"),
    [
        (GERMAN, False, "written"),
        (DRAFT, False, None),
        (DRAFT, True, "written"),
        (CHECKED, False, None),
        (CHECKED, True, None),
        (CHECKED.edited({"tr": "Bahçede"}), False, "written"),
        (GERMAN.translated("tr", "Avluda", State.CHECKED, fingerprint("Garten")), False, "written"),
    ],
)
def test_a_row_counts_where_words_or_state_become_others(
    client: Client, text: Text, outcome: str | None, *, checked: bool
) -> None:
    page = look(client, file_of((make_building(text), OF, "Avluda")), checked=checked)

    assert outcomes(page) == ([outcome] if outcome else [])
    assert ("1 Zeile sagt, was hier schon steht." in page.text(), "übernehmen" in page.text()) == (
        outcome is None,
        outcome is not None,
    )


@pytest.mark.parametrize(
    ("text", "outcome", "words", "state"),
    [
        (GERMAN, "outdated", "Avluda", State.OUTDATED),
        (GERMAN.translated("tr", "Eski", State.CHECKED, fingerprint("x")), "outdated", "Avluda", State.OUTDATED),
        (GERMAN.translated("tr", "Avluda", State.CHECKED, fingerprint("x")), None, "Avluda", State.OUTDATED),
        (DRAFT.translated("tr", "Bahçede", State.DRAFT), "superseded", "Bahçede", State.DRAFT),
        (CHECKED, "superseded", "Avluda", State.CHECKED),
    ],
)
def test_what_was_made_from_another_german_never_counts_as_checked(
    client: Client, text: Text, outcome: str | None, words: str, state: State
) -> None:
    content = file_of((make_building(text), fingerprint("Im Keller"), "Avluda"), (make_building(name="X"), OF, "Evet"))

    page = look(client, content, checked=True)
    client.post(READ_IN, agreed(page))

    assert outcomes(page) == [*([outcome] if outcome else []), "written"]
    assert (stored().words("tr"), stored().state("tr"), stored("X").state("tr")) == (words, state, State.CHECKED)
    if outcome == "outdated":
        assert stored().edited({"de": "Im Keller"}).state("tr") is State.DRAFT


def test_rows_of_texts_that_are_gone_are_named_and_left_out(client: Client) -> None:
    key = make_building()
    empty = make_building(Text(), "Eving")

    page = look(client, file_of(("standorte.standort.999.building", OF, "x"), (empty, OF, "y"), (key, OF, "Avluda")))
    client.post(READ_IN, agreed(page))

    assert outcomes(page) == ["gone", "gone", "written"]
    assert "Zeile 2: standorte.standort.999.building Diesen Text gibt es nicht mehr" in page.text()
    assert (stored().words("tr"), stored("Eving")) == ("Avluda", Text())


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe", "Die Datei ist nicht in UTF-8."),
        (b"a;b", "Zeile 1: Diese Spalten fehlen: key, language, fingerprint, translation."),
        (file_of(("{key}", OF, "Avluda"), ("standorte.standort.1.name", OF, "x")), "Zeile 3: Zu diesem Schlüssel"),
        (file_of(("{key}", OF, "Avluda"), ("{key}", OF, "Avlu")), "Zeile 3: Dieser Text steht zweimal in der Datei."),
    ],
)
def test_a_broken_file_changes_nothing_and_says_where_it_is_broken(
    client: Client, content: str | bytes, said: str
) -> None:
    key = make_building()
    content = content.replace("{key}", key) if isinstance(content, str) else content

    page = look(client, content)

    assert (said in page.text(), outcomes(page), stored()) == (True, [], GERMAN)
    assert [one for one in page.all("input") if one.get("name") == "agreed"] == []
    again = {"content": content, "agreed": "x", "checked": "False"}
    assert client.post(READ_IN, again).headers["Location"] == READ_IN
    assert stored() == GERMAN


def test_without_a_file_the_page_asks_for_one(client: Client) -> None:
    response = client.post(READ_IN, {})

    assert "Dieses Feld ist zwingend erforderlich" in response.content.decode()
    assert client.post(READ_IN, {"agreed": "x"}).headers["Location"] == READ_IN


def test_what_changed_between_looking_and_agreeing_is_shown_anew(client: Client) -> None:
    keys = [make_building(), make_building(name="Eving")]
    page = look(client, file_of(*((key, OF, "Avluda") for key in keys)))
    rewrite(keys[1], GERMAN.translated("tr", "Bahçede", State.CHECKED))

    response = client.post(READ_IN, agreed(page))
    again = Page(response, response.content.decode())

    assert (response.status_code, stored(), stored("Eving").words("tr")) == (409, GERMAN, "Bahçede")
    assert "Noch ist nichts übernommen: Inzwischen hat sich etwas geändert." in again.text()
    assert TextVersion.objects.count() == 0
    client.post(READ_IN, agreed(again))
    assert [stored(name).words("tr") for name in ("Marten", "Eving")] == ["Avluda", "Avluda"]


def test_several_texts_of_one_row_do_not_overwrite_each_other(client: Client) -> None:
    pk = make_standort(building=GERMAN, directions=GERMAN).pk
    rows = [(f"standorte.standort.{pk}.{name}", OF, f"{name} tr") for name in ("directions", "building")]

    client.post(READ_IN, agreed(look(client, file_of(*rows))))

    row = Standort.objects.get()
    assert (row.building.words("tr"), row.directions.words("tr")) == ("building tr", "directions tr")


def test_texts_of_all_kinds_are_written_offers_first(client: Client) -> None:
    today = timezone.localdate()
    schedule = make_schedule(words=GERMAN)
    schedule.sprechstunde.title = GERMAN
    schedule.sprechstunde.save()
    closure = make_closure(today, today + timedelta(days=1), note=GERMAN)
    notice = make_notice(GERMAN, today, today)
    keys = [
        f"sprechstunden.schedule.{schedule.pk}.words",
        f"notices.notice.{notice.pk}.text",
        f"sprechstunden.closure.{closure.pk}.note",
        f"sprechstunden.sprechstunde.{schedule.sprechstunde_id}.title",
    ]

    client.post(READ_IN, agreed(look(client, file_of(*((key, OF, "Avluda") for key in keys)))))

    found = TextVersion.objects.order_by("pk").values_list("content_type__model", flat=True)
    assert list(found) == ["sprechstunde", "closure", "schedule", "notice"]


def test_tables_are_for_translators_of_their_language_only(client: Client) -> None:
    key = make_building()
    paths = [f"{HOME}ar/tabelle.csv", f"{HOME}ar/einlesen/"]
    data = {"content": file_of((key, OF, "x")), "agreed": "x", "checked": "True"}

    assert [client.get(path).status_code for path in paths] == [403, 403]
    assert client.post(paths[1], data).status_code == 403
    assert [Client().get(path).status_code for path in paths] == [302, 302]
    assert Client().post(paths[1], data).status_code == 302
    assert client.post(TABLE).status_code == 405
    assert stored() == GERMAN


def test_the_list_leads_to_the_tables(client: Client) -> None:
    make_building()

    found = [one.get("href") for one in get(f"{HOME}tr/", client).all("a")]

    assert [path for path in found if path in {TABLE, f"{TABLE}?umfang=alles", READ_IN}] == [
        TABLE,
        f"{TABLE}?umfang=alles",
        READ_IN,
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_a_table_costs_the_same_however_long_it_is(
    client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        make_building(name=f"Ort {number}")

    with django_assert_num_queries(13):
        client.get(TABLE)


def test_a_table_with_words_too_long_for_a_notice_is_refused_with_the_row(client: Client) -> None:
    notice = make_notice("Wir ziehen um.", date(2026, 11, 25), date(9999, 12, 31))
    key, of = f"notices.notice.{notice.pk}.text", fingerprint("Wir ziehen um.")

    page = look(client, file_of((key, of, "x" * 301)))

    notice.refresh_from_db()
    assert "Zeile 2: dort haben höchstens 300 Zeichen Platz." in page.text()
    assert notice.text.words("tr") == ""
