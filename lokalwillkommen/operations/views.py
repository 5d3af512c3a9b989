"""What a load balancer asks."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from lokalwillkommen.accounts.second_factor import lacks_second_factor
from lokalwillkommen.operations import readiness

# What a proxy adds; without them and from the same machine, or by a socket file, somebody on the server asks.
_SIGNS_OF_A_PROXY = ("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Proto")
_SAME_MACHINE = {"", "127.0.0.1", "::1"}


@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Say whether pages can be served; why not, only to operators."""
    faults = readiness.faults()
    status = 503 if faults else 200
    if _is_on_the_server(request) or ("database" not in faults and _is_operator(request)):
        return JsonResponse({"ready": not faults, "faults": faults}, status=status)
    return HttpResponse("not ready\n" if faults else "ready\n", status=status, content_type="text/plain")


def _is_operator(request: HttpRequest) -> bool:
    return request.user.is_staff and not lacks_second_factor(request.user, timezone.now())


def _is_on_the_server(request: HttpRequest) -> bool:
    came_through_a_proxy = any(name in request.headers for name in _SIGNS_OF_A_PROXY)
    return not came_through_a_proxy and request.META.get("REMOTE_ADDR", "") in _SAME_MACHINE
