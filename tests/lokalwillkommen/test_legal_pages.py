"""Imprint, privacy, accessibility: what the operator must write, what is true of this software, who changed it."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from lokalwillkommen.accounts.models import User
from lokalwillkommen.accounts.roles import Role
from lokalwillkommen.contact.limiter import DAY, HOUR
from lokalwillkommen.contact.models.todo import KEPT_AFTER_DONE, KEPT_AT_MOST
from lokalwillkommen.legal import checks
from lokalwillkommen.legal.details import missing, statement_day
from lokalwillkommen.legal.models import LegalText
from lokalwillkommen.legal.sections import KINDS, LegalPage, Section, sections_of
from lokalwillkommen.operations.backup import KEPT
from standorte.models import TextVersion
from standorte.texts import State, Text
from tests.factories import make_user
from tests.legal_texts import REQUIRED, write_legal_texts
from tests.pages import NOW, Page, form_of, get
from tests.violations import Violation

pytestmark = pytest.mark.django_db

GAP = "Muss der Betreiber noch eintragen"
INCOMPLETE = "Diese Seite ist nicht vollständig: Was markiert ist, muss der Betreiber noch ausfüllen."
PATHS = {
    LegalPage.IMPRINT: "/de/impressum/",
    LegalPage.PRIVACY: "/de/datenschutz/",
    LegalPage.ACCESSIBILITY: "/de/barrierefreiheit/",
}
LIST = "/admin/legal/legaltext/"


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def staff() -> Client:
    client = Client()
    client.force_login(make_user(is_superuser=True))
    return client


def facts(page: Page) -> dict[str, str]:
    """Give each detail of a page by its name."""
    names, words = page.all("dt"), page.all("dd")
    return {page.text(name): page.text(word) for name, word in zip(names, words, strict=True)}


def is_preview(page: Page) -> bool:
    """Tell whether a page says so, and keeps search engines out."""
    robots = [meta.get("content") for meta in page.all("meta") if meta.get("name") == "robots"]
    return ("Vorschau, nicht amtlich" in page.text(), robots) == (True, ["noindex"])


@pytest.mark.usefixtures("official")
@pytest.mark.parametrize("page", LegalPage)
def test_every_page_is_a_preview_and_a_legal_page_names_its_gaps_until_all_is_written(page: LegalPage) -> None:
    demanded = [section for section in sections_of(page) if KINDS[section].is_required]
    write_legal_texts(*(section for section in REQUIRED if section not in demanded))

    before, start_before = get(PATHS[page]), get("/de/")
    write_legal_texts(*demanded)
    after, start_after = get(PATHS[page]), get("/de/")

    gaps = [section for section in demanded if not KINDS[section].setting]
    assert {name for name, words in facts(before).items() if words == GAP} == {str(section.label) for section in gaps}
    assert (INCOMPLETE in before.text(), INCOMPLETE in start_before.text()) == (True, False)
    assert [is_preview(one) for one in (before, start_before, after, start_after)] == [True, True, False, False]
    assert (INCOMPLETE in after.text(), GAP in after.text()) == (False, False)
    assert facts(after) == {str(section.label): f"Wort zu {section.value}" for section in demanded}


@pytest.mark.usefixtures("official")
def test_what_stands_in_the_settings_is_shown_until_administration_words_it_anew() -> None:
    before = facts(get("/de/impressum/"))
    LegalText.objects.create(section=Section.ADDRESS, text=Text("Amt für Beispiele\nBeispielweg 2\n00000 Beispiel"))

    assert (before["Name"], before["Postadresse"]) == ("Stadt Beispiel", "Beispielweg 1, 00000 Beispiel")
    assert facts(get("/de/impressum/"))["Postadresse"] == "Amt für BeispieleBeispielweg 200000 Beispiel"
    assert "Beispielweg 2<br>00000 Beispiel" in get("/de/datenschutz/").html


def test_what_is_written_comes_in_the_readers_language_or_marked_as_german_and_runs_nothing() -> None:
    text = Text("Wir <b>antworten</b>: https://example.org/a\n\nZweiter Absatz <script>alert(1)</script>")
    LegalText.objects.create(section=Section.WHO_ANSWERS, text=text.translated("tr", "Cevap veriyoruz", State.CHECKED))
    LegalText.objects.create(section=Section.TESTED, text=Text("Heute").translated("tr", "Bugün", State.DRAFT))

    german, turkish, polish = (get(f"/{code}/barrierefreiheit/") for code in ("de", "tr", "pl"))

    assert {link.get("href") for link in german.all("a")} >= {"https://example.org/a"}
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in german.html
    assert "<b>" not in german.html
    assert ("Cevap veriyoruz" in turkish.html, "Bugün" in turkish.html, "(taslak)" in turkish.html) == (True,) * 3
    marked = [found for found in polish.root.iter("div") if found.get("lang") == "de"]
    assert [polish.text(found).split()[0] for found in marked] == ["Heute", "Wir"]
    assert polish.html.count("(po niemiecku)") == 2


def test_privacy_says_what_the_code_does() -> None:
    words = get("/de/datenschutz/").text()

    assert (KEPT_AFTER_DONE.days, KEPT_AT_MOST.days) == (90, 180)
    assert "Es wird 90 Tage nach der Erledigung gelöscht, spätestens 180 Tage nach dem Eingang." in words
    assert (HOUR.total_seconds(), DAY.total_seconds()) == (3600, 86400)
    assert "eine Stunde" in words
    assert "einen Tag, um zwei Menschen zu unterscheiden" in words
    assert KEPT.days == 35
    assert "In Sicherungskopien für den Notfall steht es noch bis zu 35 Tage länger." in words
    # What a row of somebody who wrote holds is all that the page names.
    with connection.cursor() as cursor:
        columns = {column.name for column in connection.introspection.get_table_description(cursor, "contact_message")}
    about_people = {"text", "email", "phone", "language", "standort_id", "topic", "received_at"}
    assert columns == about_people | {"id", "submission", "done_at", "done_by_id"}


def test_the_statement_says_its_day_its_method_and_what_fails(settings: Settings) -> None:
    LegalText.objects.create(
        section=Section.MORE_BARRIERS, text=Text("Karten"), written_at=datetime(2026, 12, 1, 23, 30, tzinfo=UTC)
    )
    page = get("/de/barrierefreiheit/")
    words = page.text()

    assert "Sie ist vom 2. Dezember 2026 und ist unsere eigene Bewertung." in words
    assert "teilweise" in words
    assert "In Gebärdensprache gibt es noch nichts" in words
    assert "Mit einem Screenreader hat es noch niemand getestet" in words
    assert facts(page)["Was außerdem nicht barrierefrei ist, und warum"] == "Karten"
    assert {link.get("href") for link in page.all("a")} >= {"/de/kontakt/?thema=barriere", "/de-x-leicht/"}
    write_legal_texts(Section.TESTED)
    assert "Mit einem Screenreader" not in get("/de/barrierefreiheit/").text()
    assert statement_day([]).isoformat() == "2026-11-25"
    assert settings.REVIEWED_LANGUAGES == ("de",)


@pytest.mark.parametrize("count", [0, 3])
def test_a_legal_page_costs_the_same_however_much_is_written(
    count: int, settings: Settings, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    write_legal_texts(*REQUIRED[:count])

    with django_assert_num_queries(2):
        get("/de/impressum/")
    settings.OPERATOR = dict.fromkeys(settings.OPERATOR, "x")
    with django_assert_num_queries(3):
        get("/de/impressum/")


def test_operators_read_the_name_of_each_placeholder(settings: Settings) -> None:
    settings.OPERATOR = {"name": "Stadt Beispiel", "address": "", "email": "amt@example.org"}
    write_legal_texts(*(section for section in REQUIRED if section not in {Section.ADDRESS, Section.OMBUDS}))

    found = checks.legal_texts_are_written()

    assert [(message.id, message.msg) for message in found] == [
        ("lokalwillkommen.W005", "The page “imprint” has a placeholder: nobody has written “address”."),
        ("lokalwillkommen.W005", "The page “accessibility” has a placeholder: nobody has written “ombuds”."),
    ]
    assert all(message.hint for message in found)
    with pytest.raises(SystemCheckError, match="nobody has written “ombuds”"):
        call_command("check", "--deploy", "--fail-level", "WARNING", "--tag", "security")


def test_without_tables_nothing_is_said_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LegalText._meta, "db_table", "not_there")  # noqa: SLF001  # public as well

    assert checks.legal_texts_are_written() == []


def test_administration_writes_what_is_missing_and_every_version_is_kept(staff: Client) -> None:
    overview = get(LIST, staff)
    links = {overview.text(link): link.get("href") for link in overview.all("a")}
    path = str(links["Datenschutz: Datenschutzbeauftragte oder Datenschutzbeauftragter"])

    form = get(path, staff)
    data = form_of(form, "legaltext_form") | {"text_de": "datenschutz@example.org"}
    first = staff.post(path, data)
    row = LegalText.objects.get()
    change = f"{LIST}{row.pk}/change/"
    second = staff.post(change, form_of(get(change, staff), "legaltext_form") | {"text_de": ""})

    assert "Wie man die oder den Datenschutzbeauftragten erreicht." in form.html
    assert (first.status_code, second.status_code) == (302, 302)
    row.refresh_from_db()
    assert (row.section, row.text, row.written_by) == ("officer", Text(), User.objects.get())
    versions = TextVersion.objects.order_by("pk").values_list("field", "before", "after", "written_by__email")
    assert list(versions) == [
        ("text", "", "datenschutz@example.org", "team@example.org"),
        ("text", "datenschutz@example.org", "", "team@example.org"),
    ]
    # Without words it is missing again, and the list leads to the row that is there.
    assert change in {link.get("href") for link in get(LIST, staff).all("a")}


def test_a_detail_is_written_once_and_never_deleted_or_made_another(staff: Client) -> None:
    write_legal_texts(Section.NAME)
    row = LegalText.objects.get()

    offered = [option.get("value") for option in get(f"{LIST}add/", staff).all("option")]
    twice = staff.post(f"{LIST}add/", {"section": "name", "text_de": "Anderes"})
    staff.post(f"{LIST}{row.pk}/change/", {"section": "email", "text_de": "Neu"})

    assert offered == [section.value for section in Section if section is not Section.NAME]
    assert (twice.status_code, LegalText.objects.count()) == (200, 1)
    assert LegalText.objects.get().section == "name"
    assert staff.get(f"{LIST}{row.pk}/delete/").status_code == 403


def test_an_unknown_detail_in_the_address_is_no_error(staff: Client) -> None:
    assert staff.get(f"{LIST}add/?section=sonst").status_code == 200


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATION])
def test_others_than_the_administration_reach_no_legal_text(role: Role) -> None:
    write_legal_texts(Section.NAME)
    client = Client()
    client.force_login(make_user("other@example.org", role=role))
    row = LegalText.objects.get()

    asked = [client.get(f"{LIST}{row.pk}/change/"), client.post(f"{LIST}{row.pk}/change/", {"text_de": "Falsch"})]
    asked += [client.post(f"{LIST}add/", {"section": "email", "text_de": "Falsch"}), client.get(LIST)]
    assert [answer.status_code for answer in asked] == [403] * 4
    assert str(LegalText.objects.get().text) == "Wort zu name"


def test_the_first_page_of_staff_counts_what_is_missing_for_who_may_write_it(staff: Client) -> None:
    write_legal_texts(*REQUIRED[1:])
    other = Client()
    other.force_login(make_user("other@example.org"))

    assert "1 Angabe der Rechtsseiten fehlt" in get("/admin/", staff).text()
    assert "Rechtsseiten" not in get("/admin/", other).text()
    write_legal_texts(REQUIRED[0])
    assert re.search("Angaben? der Rechtsseiten", get("/admin/", staff).text()) is None
    assert missing() == []


def test_the_list_names_page_and_detail(staff: Client) -> None:
    write_legal_texts(Section.OMBUDS)

    assert "Barrierefreiheit" in get(LIST, staff).text(get(LIST, staff).by_id("result_list"))


VIOLATIONS = [
    Violation(
        "legal_text_is_about_a_known_detail",
        lambda: LegalText.objects.create(section=Section.NAME, text=Text("a")),
        lambda: {"section": "sonst"},
    ),
]


@pytest.mark.parametrize("violation", VIOLATIONS, ids=str)
def test_the_database_refuses_what_must_not_be(violation: Violation) -> None:
    violation.is_refused_by_the_database()
