"""Texts in several languages and lists of codes, on the database and in forms."""

import html5lib
import pytest
from django.core import serializers
from django.core.exceptions import ValidationError
from django.forms import ModelForm, modelform_factory
from django.utils.translation import override

from sprechstunden.models import Topic
from standorte.languages import SPOKEN, language_name, site_languages
from standorte.models import Standort
from standorte.texts import State, Text, Translation, fingerprint
from tests.factories import make_standort, make_topic

pytestmark = pytest.mark.django_db

GERMAN = "Im Hof links.\nBitte klingeln."
DRAFT = Translation("In the yard.\nPlease ring.", State.DRAFT, fingerprint(GERMAN))
OLD = Translation("في الفناء", State.CHECKED, fingerprint("Im Hof"))
TEXT = Text(GERMAN, {"en": DRAFT, "ar": OLD})
AS_A_BROWSER_SENDS_IT = {
    "directions_de": "Im Hof links.\r\nBitte klingeln.",
    "directions_en": "In the yard.\r\nPlease ring.",
    "directions_ar": "في الفناء",
}
DirectionsForm = modelform_factory(Standort, fields=("directions",))
LanguagesForm = modelform_factory(Standort, fields=("languages",))


def _place_with(text: Text) -> Standort:
    standort = make_standort()
    standort.directions = text
    standort.save()
    return Standort.objects.get()


def _sent(standort: Standort, **changed: str) -> ModelForm[Standort]:
    return DirectionsForm(AS_A_BROWSER_SENDS_IT | changed, instance=standort)


@pytest.mark.parametrize("text", [Text(), Text(GERMAN), TEXT])
def test_a_text_comes_back_from_the_database_as_it_went_in(text: Text) -> None:
    assert _place_with(text).directions == text


def test_a_text_survives_a_dump_and_its_loading() -> None:
    standort = _place_with(TEXT)
    standort.languages = ("ar", "rom")
    dump = serializers.serialize("json", [standort])

    for loaded in serializers.deserialize("json", dump):
        loaded.save()

    assert Standort.objects.values_list("directions", "languages").get() == (TEXT, ("ar", "rom"))


def test_words_of_one_language_can_be_looked_for() -> None:
    _place_with(TEXT)
    make_standort("Lanstrop", building=Text("In the yard"))

    found = Standort.objects.filter(directions__en__text__icontains="in the yard")

    assert list(found.values_list("name", "directions__en__state")) == [("Marten", "draft")]


def test_what_nobody_touched_in_a_form_stays_with_its_state_and_age() -> None:
    form = _sent(_place_with(TEXT))

    form.save()

    assert (form.has_changed(), Standort.objects.get().directions) == (False, TEXT)


def test_what_somebody_wrote_in_a_form_is_checked_and_the_rest_is_kept() -> None:
    form = _sent(_place_with(TEXT), directions_ar="في الفناء على اليسار")

    form.save()

    checked = Translation("في الفناء على اليسار", State.CHECKED, fingerprint(GERMAN))
    assert Standort.objects.get().directions == Text(GERMAN, {"en": DRAFT, "ar": checked})


def test_what_somebody_else_wrote_while_a_form_was_open_stays_where_nobody_touched_it() -> None:
    standort = _place_with(TEXT)
    opened = DirectionsForm(instance=standort)
    sent = _as_a_browser_sends(opened)
    meanwhile = TEXT.translated("tr", "Avluda", State.CHECKED).translated("en", "Yard, left.", State.CHECKED)
    Standort.objects.update(directions=meanwhile)

    DirectionsForm({**sent, "directions_ar": "في الفناء على اليسار"}, instance=Standort.objects.get()).save()

    checked = Translation("في الفناء على اليسار", State.CHECKED, fingerprint(GERMAN))
    assert Standort.objects.get().directions == Text(GERMAN, {**meanwhile.translations, "ar": checked})


def test_german_that_changed_while_a_form_was_open_stays_where_nobody_touched_it() -> None:
    sent = _as_a_browser_sends(DirectionsForm(instance=_place_with(TEXT)))
    Standort.objects.update(directions=TEXT.edited({"de": "Im Garten."}))

    DirectionsForm(sent, instance=Standort.objects.get()).save()

    assert Standort.objects.get().directions == TEXT.edited({"de": "Im Garten."})


def test_a_form_that_comes_back_with_a_mistake_still_knows_what_was_seen() -> None:
    sent = _as_a_browser_sends(DirectionsForm(instance=_place_with(TEXT)))
    wrong = DirectionsForm({**sent, "directions_de": "x" * 4001}, instance=Standort.objects.get())
    assert wrong.is_valid() is False
    again = _as_a_browser_sends(wrong)

    assert {name: words for name, words in again.items() if sent[name] != words} == {"directions_de": "x" * 4001}


def _as_a_browser_sends(form: ModelForm[Standort]) -> dict[str, str]:
    root = html5lib.parse(str(form["directions"]), namespaceHTMLElements=False)
    areas = {one.get("name", ""): (one.text or "").removeprefix("\n") for one in root.iter("textarea")}
    hidden = {one.get("name", ""): one.get("value", "") for one in root.iter("input")}
    return {name: words.replace("\n", "\r\n") for name, words in {**areas, **hidden}.items()}


def test_a_form_refuses_translations_of_nothing_and_keeps_what_was_stored() -> None:
    form = _sent(_place_with(TEXT), directions_de=" ")

    with override("en"):
        assert form.errors == {"directions": ["Please write the German text first; translations are made from it."]}
    assert Standort.objects.get().directions == TEXT


def test_a_text_may_be_emptied_in_all_its_languages() -> None:
    form = _sent(_place_with(TEXT), directions_de="", directions_en="", directions_ar="")

    form.save()

    assert Standort.objects.get().directions == Text()


def test_a_form_that_was_not_asked_for_a_text_keeps_it() -> None:
    form = DirectionsForm({}, instance=_place_with(TEXT))

    form.save()

    assert Standort.objects.get().directions == TEXT


def test_a_text_that_must_be_there_is_missed_in_a_form() -> None:
    form_class = modelform_factory(Topic, fields=("name",))

    form = form_class({"name_de": "", "name_en": "", "name_ar": ""}, instance=make_topic())

    with override("en"):
        assert form.errors == {"name": ["This field is required."]}


def test_a_text_that_must_be_there_is_missed_by_its_model() -> None:
    topic = Topic(name=Text(), slug="wohnen")

    with pytest.raises(ValidationError) as refused:
        topic.full_clean()

    assert list(refused.value.message_dict) == ["name"]


def test_a_form_names_each_language_and_the_state_of_its_translation() -> None:
    with override("en"):
        widget = DirectionsForm(instance=_place_with(TEXT))["directions"].subwidgets[0].data
        missing = dict.fromkeys(map(language_name, site_languages()), ("missing: German is shown", None))

    shown = {sub["language_name"]: (sub["note"], sub["value"]) for sub in widget["subwidgets"]}
    assert shown == missing | {
        "German": ("", GERMAN),
        "English": ("draft, not checked yet", DRAFT.text),
        "Arabic": ("outdated: the German has changed since", OLD.text),
    }


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ((), ()),
        (("tr", "ar", "de"), ("de", "ar", "tr")),
        (("ar", "ar"), ("ar",)),
        (("ar", "Klingonisch"), ("ar",)),
        (SPOKEN, SPOKEN),
    ],
)
def test_codes_are_stored_in_the_order_of_their_list_and_unknown_ones_left_out(
    given: tuple[str, ...], stored: tuple[str, ...]
) -> None:
    make_standort(languages=given)

    assert Standort.objects.get().languages == stored


def test_one_code_is_found_among_others_and_never_as_part_of_another() -> None:
    make_standort("Marten", languages=("de", "ro", "ar"))
    make_standort("Lanstrop", languages=("de", "rom", "am"))
    make_standort("Scharnhorst")

    found = {code: [place.name for place in Standort.objects.filter(languages__contains=code)] for code in ("ro", "de")}

    assert found == {"ro": ["Marten"], "de": ["Lanstrop", "Marten"]}


def test_a_code_that_is_none_finds_no_place() -> None:
    make_standort(languages=("de",))

    assert list(Standort.objects.filter(languages__contains="xx")) == []


def test_ticked_codes_are_saved_and_none_is_an_answer() -> None:
    standort = make_standort(languages=("de",))

    LanguagesForm({"languages": ["tr", "ar"]}, instance=standort).save()
    ticked = Standort.objects.get().languages
    LanguagesForm({}, instance=standort).save()

    assert (ticked, Standort.objects.get().languages) == (("ar", "tr"), ())


def test_a_form_refuses_a_code_it_did_not_offer() -> None:
    form = LanguagesForm({"languages": ["xx"]}, instance=make_standort())

    assert list(form.errors) == ["languages"]


def test_boxes_to_tick_stand_in_the_language_of_the_reader() -> None:
    labels = {}
    for language in ("de", "en"):
        with override(language):
            labels[language] = [box.choice_label for box in LanguagesForm()["languages"].subwidgets[:3]]

    assert labels == {"de": ["Deutsch", "Englisch", "Arabisch"], "en": ["German", "English", "Arabic"]}
