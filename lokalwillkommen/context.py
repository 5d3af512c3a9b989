"""What every page knows: the time, the languages, who runs the portal."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from lokalwillkommen.legal.details import is_complete
from standorte import clock
from standorte.languages import direction, own_name, site_languages

_LONGEST_NUMBER = 4  # digits of the number of a page


@dataclass(frozen=True, slots=True)
class Alternate:
    """The same page in another language."""

    language: str
    name: str
    direction: str
    path: str
    url: str
    is_current: bool


def page(request: HttpRequest) -> dict[str, object]:
    """Give the variables of base.html; `now` is aware, in Europe/Berlin."""
    return {
        "now": clock.now(),
        "operator": settings.OPERATOR,
        "operator_is_known": operator_is_known(),
        # Asks the database only where a page shows it, and only once somebody runs the portal.
        "is_preview": SimpleLazyObject(_is_preview),
        "alternates": alternates(request),
        "canonical": request.build_absolute_uri(request.path + _query_of_page(request)),
        "x_default": x_default(request),
    }


def x_default(request: HttpRequest) -> str:
    """Give the page for readers of all other languages: the start page that chooses, elsewhere the German one."""
    german = f"/{settings.LANGUAGE_CODE}/"
    path = german + request.path.removeprefix("/").partition("/")[2]
    return request.build_absolute_uri("/" if path == german else path + _query_of_page(request))


def _is_preview() -> bool:
    """Tell whether nobody runs the portal yet, or legal pages lack what the law demands."""
    return not (operator_is_known() and is_complete())


def operator_is_known() -> bool:
    """Tell whether somebody has filled in who runs the portal; until then it is a preview."""
    return all(settings.OPERATOR[key] for key in ("name", "address", "email"))


def alternates(request: HttpRequest, query: str = "") -> list[Alternate]:
    """Give the page in each language of the site, its filters kept in the path; elsewhere the start pages.

    A query is for answers to what was typed: it asks for the same answer without it.
    The whole address is for search engines: it names the page that the canonical address names.
    """
    first, _slash, rest = request.path.removeprefix("/").partition("/")
    rest = rest if first in site_languages() else ""
    query = query or request.GET.urlencode()
    query = f"?{query}" if query and first in site_languages() else ""
    current = get_language()
    return [
        Alternate(
            language=code,
            name=own_name(code),
            direction=direction(code),
            path=f"/{code}/{rest}{query}",
            url=request.build_absolute_uri(f"/{code}/{rest}{_query_of_page(request)}"),
            is_current=code == current,
        )
        for code in site_languages()
    ]


def _query_of_page(request: HttpRequest) -> str:
    """Give the part of the query that makes it another page to search engines: a later page of an unfiltered list."""
    number = request.GET.get("seite", "")
    is_later = number.isascii() and number.isdecimal() and len(number) <= _LONGEST_NUMBER and int(number) > 1
    return f"?seite={number}" if is_later and len(request.GET) == 1 else ""
