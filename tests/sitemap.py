"""Reading the list of all public pages as a search engine does."""

from xml.etree import ElementTree as ET

from django.test import Client

_SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_XHTML = "{http://www.w3.org/1999/xhtml}"


def listed() -> dict[str, dict[str, str]]:
    """Give each address of the sitemap without the host, and its twins by language."""
    response = Client().get("/sitemap.xml")
    assert response.headers["Content-Type"] == "application/xml"
    found = {}
    for url in ET.fromstring(response.content).iter(f"{_SITEMAP}url"):  # noqa: S314  # it is our own
        twins = {link.get("hreflang", ""): _path(link.get("href", "")) for link in url.iter(f"{_XHTML}link")}
        assert [child.tag for child in url if child.tag == f"{_SITEMAP}lastmod"] == []
        found[_path(url.findtext(f"{_SITEMAP}loc", ""))] = twins
    return found


def _path(url: str) -> str:
    assert url.startswith("http://testserver/")
    return url.removeprefix("http://testserver")
