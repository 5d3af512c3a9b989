"""A public page as people will read it: in any language, at any moment, with what is not published yet.

The page is made by its own view, for a stranger's request, so that there is no second way to make it. What is held
back is published in a transaction that is always rolled back; it lasts as long as the page is made.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time
from html import escape, unescape
from io import BytesIO
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import unquote_to_bytes, urldefrag, urlencode, urljoin

from django.core.handlers.wsgi import WSGIRequest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import resolve, reverse
from django.utils import translation

from lokalwillkommen.accounts.responsibility import Responsibility
from lokalwillkommen.middleware import known_query
from lokalwillkommen.translating.rights import languages_of
from sprechstunden.models import Sprechstunde
from standorte import clock
from standorte.languages import site_languages
from standorte.models import Partner, Standort

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lokalwillkommen.accounts.models import User

HeldBack: TypeAlias = Standort | Sprechstunde | Partner
RIGHTS = (
    *("standorte.view_standort", "standorte.view_partner", "notices.view_notice"),
    *("sprechstunden.view_sprechstunde", "sprechstunden.view_change", "sprechstunden.change_schedule"),
)
NINE = time(9)  # when offices open
# What belongs to the person who asks, not to the page: cookies, and the parts of a page that are here already.
_OF_THE_ASKER = frozenset({"HTTP_COOKIE", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_RANGE"})


@dataclass(frozen=True, slots=True)
class Asked:
    """Which page: its address with language and query, for which moment, and whether without what is held back."""

    path: str
    query: str
    moment: datetime
    only_published: bool = False

    @property
    def language(self) -> str:
        """Give the language of the page."""
        return self.path.split("/")[1]

    def leading_to(self, link: str) -> str:
        """Give the address of the preview of a page to which a link of this one leads, at the same moment."""
        target, fragment = urldefrag(urljoin(f"{self.path}?{self.query}", link))
        preview = address(target, self.moment, only_published=self.only_published)
        return f"{preview}#{fragment}" if fragment else preview


@dataclass(frozen=True, slots=True)
class Shown:
    """A page as it will be, and which rows on it residents do not see yet."""

    html: str
    held_back: Sequence[HeldBack]


def may_preview(user: "User | AnonymousUser") -> bool:
    """Tell whether somebody may see pages before others do: all who look after what stands on them, and translators."""
    return any(user.has_perm(right) for right in RIGHTS) or bool(languages_of(user))


def address(target: str, moment: datetime | None = None, *, only_published: bool = False) -> str:
    """Give the address of the preview of a page, for a moment in Dortmund or for the one at which it is opened."""
    asked = {"adresse": target}
    if moment is not None:
        asked |= {"tag": f"{moment:%Y-%m-%d}", "zeit": f"{moment:%H:%M}"}
    if only_published:
        asked["ohne"] = "on"
    return f"{reverse('preview')}?{urlencode(asked)}"


def page(request: HttpRequest, asked: Asked) -> Shown:
    """Make a page. Raises Http404 where there is none; its links lead to previews again."""
    rows = [] if asked.only_published else _held_back(Responsibility.of(request.user))
    with clock.at(asked.moment), translation.override(asked.language), _published(rows):
        html = known_query(_answer)(_request_of_a_stranger(request, asked)).content.decode()
        on_it = [row for row in rows if row.get_absolute_url() in html]
    pattern = rf'href="((?:/(?:{"|".join(site_languages())})/|\?)[^"]*)"'
    led_on = re.sub(pattern, lambda found: f'href="{escape(asked.leading_to(unescape(found[1])))}"', html)
    return Shown(led_on, on_it)


def _held_back(mine: Responsibility) -> list[HeldBack]:
    """Fetch what a person looks after and residents do not see yet; three queries."""
    return [
        *mine.rows(Standort.objects.filter(is_published=False)),
        *mine.rows(Sprechstunde.objects.filter(is_published=False)),
        *mine.rows(Partner.objects.filter(is_published=False)),
    ]


@contextmanager
def _published(rows: Iterable[HeldBack]) -> Iterator[None]:
    """Publish rows for a moment that nobody else sees; without rows nothing is written and no lock is taken."""
    rows = list(rows)
    if not rows:
        yield
        return
    with transaction.atomic():
        for model in (Standort, Sprechstunde, Partner):
            found = [row.pk for row in rows if isinstance(row, model)]
            model._default_manager.filter(pk__in=found).update(is_published=True)  # noqa: SLF001  # public as well
        yield
        transaction.set_rollback(True)


def _request_of_a_stranger(request: HttpRequest, asked: Asked) -> WSGIRequest:
    about = {name: value for name, value in request.META.items() if name not in _OF_THE_ASKER}
    # PEP 3333: what is no ASCII stands in the environment as Latin-1.
    path = unquote_to_bytes(asked.path).decode("latin-1")
    read = {"REQUEST_METHOD": "GET", "QUERY_STRING": asked.query, "CONTENT_LENGTH": "", "wsgi.input": BytesIO()}
    found = WSGIRequest({**about, **read, "PATH_INFO": path})
    found.LANGUAGE_CODE = asked.language
    return found


def _answer(request: HttpRequest) -> HttpResponse:
    found = request.resolver_match = resolve(request.path_info)
    answer: HttpResponse = found.func(request, *found.args, **found.kwargs)
    return answer
