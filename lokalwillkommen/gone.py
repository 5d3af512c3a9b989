"""Printed addresses of what is gone: they lead to where it moved, or say that it is gone and where it goes on."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse

from sprechstunden.models import Sprechstunde
from standorte.burying import trace
from standorte.models import Partner, Printed, Standort

GONE = 410
# What stands at the addresses that people print, by the name of the address.
_KINDS: Mapping[str, Printed] = {
    "standorte:detail": Printed.PLACE,
    "standorte:card": Printed.PLACE,
    "calendar:place": Printed.PLACE,
    "partner:detail": Printed.PARTNER,
    "sprechstunden:detail": Printed.OFFER,
}


def answer_for_gone(request: HttpRequest) -> HttpResponse | None:
    """Answer for an address at which something was once; nothing for all others, which costs no query."""
    match = request.resolver_match
    kind = _KINDS.get(match.view_name) if match else None
    if match is None or kind is None:
        return None
    (name, address), *_rest = match.kwargs.items()
    stones = trace(kind, str(address))
    if not stones:
        return None
    successor = _published(kind, stones[-1].successor)
    if successor and all(stone.has_moved for stone in stones):
        target = reverse(match.view_name, kwargs={name: stones[-1].successor})
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{target}?{query}" if query else target)
    return render(request, "gone.html", {"successor": successor}, status=GONE)


def _published(kind: Printed, address: str) -> Standort | Partner | Sprechstunde | None:
    if kind == Printed.PLACE:
        return Standort.objects.published().filter(slug=address).first()
    if kind == Printed.PARTNER:
        return Partner.objects.published().filter(slug=address).first()
    return Sprechstunde.objects.published().filter(pk=int(address)).first() if address else None
