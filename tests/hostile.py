"""What somebody sends who means harm, where it can be sent, and what no answer may hold."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import quote, urlencode

from hypothesis import strategies as st

CLASSICS = (
    *("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "<svg/onload=alert(1)>", "javascript:alert(1)"),
    *('" onmouseover="alert(1)', "</textarea><script>alert(1)</script>", "<iframe srcdoc='<script>1</script>'>"),
    *("'; DROP TABLE contact_message; --", "1 OR 1=1", "1' UNION SELECT email FROM accounts_user--", "%' OR '%'='"),
    *("{{ 7*7 }}", "{% load static %}", "${7*7}", "%s%n%x", "%(place)s", "{0.__class__}", "__proto__", "$ne"),
    *("../../etc/passwd", "..%2f..%2fetc%2fpasswd", "/etc/passwd\x00.ics", "file:///etc/passwd", "\\\\host\\share"),
    *("a\r\nBcc: x@example.org", "a\r\n\r\n<script>", "x@example.org\nX-Injected: 1", "%0d%0aX-Injected:%201"),
    *("\x00", "\x1b[2J", "\u202eexe.txt", "\u2066\u2069", "\ufeff", "\u200b", "\ufffe", "\U0010ffff", "🏳️‍🌈", "ﷺ" * 50),
    *("=cmd|' /C calc'!A0", "+1", "@SUM(1)", "()&%<acx>", "`id`", "$(id)", "| id", "; id", "&lt;script&gt;"),
    *("A" * 5000, "9" * 400, "-1", "0", "1e999", "NaN", "२०२६-१२-०१", "2026-02-30", "9999-12-31", "0001-01-01", "²"),
    *("true", "null", "[]", "{}", "[[[[[[", "<!--", "]]>", "<![CDATA[", "\\", "'", '"', "%", "%zz", "+", "&", "#", ";"),
)
TEXTS = st.one_of(
    st.sampled_from(CLASSICS),
    st.text(max_size=60),
    st.tuples(st.sampled_from(CLASSICS), st.text(max_size=10)).map("".join),
).map(lambda text: text.encode("utf-8", "replace").decode())
LANGUAGES = st.sampled_from(("de", "ar", "de-x-leicht", "xx"))
FIELDS = {
    "kontakt/": ("thema", "ort", "nachricht", "email", "telefon", "sprache", "formular", "webseite"),
    "kontakt/melden/?ort=marten": ("was", "tag", "worte", "formular", "webseite"),
    "finden/": ("ort",),
}
QUERIES = {
    "": ("sprache",),
    "kontakt/": ("ort", "thema"),
    "kontakt/melden/": ("ort", "angebot"),
    "finden/": ("stadtbezirk",),
    "sprechstunden/": (*("woche", "zeit", "wochentag", "sprache", "thema", "art", "stadtbezirk", "standort", "seite"),),
    "standorte/": ("seite",),
    "partner/": ("seite",),
}
PATHS = (
    *("/de/standorte/{}/", "/de/standorte/{}/karte/", "/de/partner/{}/", "/de/sprechstunden/{}/", "/{}/kontakt/"),
    *("/de/sprechstunden/themen/{}/", "/kalender/{}.ics", "/kalender/alle.ics?sprache={}", "/media/videos/{}", "/{}"),
)


@dataclass(frozen=True, slots=True)
class Attack:
    """One request; without data it only asks."""

    path: str
    data: dict[str, str] = field(default_factory=dict)


def _asked(language: str, page: str, query: dict[str, str]) -> Attack:
    return Attack(f"/{language}/{page}?{urlencode(query)}")


def _some(names: tuple[str, ...]) -> st.SearchStrategy[dict[str, str]]:
    return st.dictionaries(st.sampled_from(names), TEXTS, min_size=1, max_size=len(names))


FORMS = st.sampled_from(sorted(FIELDS)).flatmap(
    lambda page: st.builds(lambda code, data: Attack(f"/{code}/{page}", data), LANGUAGES, _some(FIELDS[page]))
)
ASKED = st.sampled_from(sorted(QUERIES)).flatmap(
    lambda page: st.builds(_asked, LANGUAGES, st.just(page), _some(QUERIES[page]))
)
PLACES = st.builds(
    lambda path, raw: Attack(path.format(quote(raw, safe=""))),
    st.sampled_from(PATHS),
    st.one_of(TEXTS.map(str.encode), st.binary(max_size=20)),
)
# Forms are asked most often: only they store something.
ATTACKS = st.one_of(FORMS, FORMS, ASKED, PLACES)


class _Runs(HTMLParser):
    """Notes what of a page would run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note scripts that are not files of ours, handlers, and links that run."""
        values = {name: (value or "").strip().casefold() for name, value in attrs}
        is_ours = (
            values.get("src", "").startswith(("/static/", "/admin/jsi18n/"))
            or values.get("type") == "application/ld+json"
        )
        if tag in {"iframe", "object", "embed", "base"} or (tag == "script" and not is_ours):
            self.found.append(tag)
        self.found += [name for name in values if name.startswith("on")]
        links = (values.get(name, "") for name in ("href", "src", "action", "formaction"))
        self.found += [link for link in links if link.startswith(("javascript:", "data:", "vbscript:"))]


def what_runs(html: str) -> list[str]:
    """Give what of a page would run in a browser without a policy, files of our own aside."""
    parser = _Runs()
    parser.feed(html)
    return parser.found
