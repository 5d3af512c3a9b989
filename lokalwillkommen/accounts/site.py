"""The admin, which leaves logging in and passwords to the pages of accounts, so that nothing leads around them."""

from allauth.account import views
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

Extra = dict[str, object] | None


class StaffSite(AdminSite):
    """Keeps the names of Django's addresses, because its templates and checks lead there."""

    def login(self, request: HttpRequest, extra_context: Extra = None) -> HttpResponse:  # noqa: ARG002  # Django's signature
        """Lead to where people log in. Django's own page would take a password alone, also that of somebody else."""
        if not request.user.is_authenticated:
            wanted = request.GET.get("next", "")
            query = f"?{urlencode({'next': wanted})}" if wanted else ""
            return HttpResponseRedirect(f"{reverse('account_login')}{query}")
        if not self.has_permission(request):
            raise PermissionDenied
        return redirect("admin:index")

    def logout(self, request: HttpRequest, extra_context: Extra = None) -> HttpResponse:  # type: ignore[override]  # noqa: ARG002  # it leads elsewhere
        """Log out, as the pages of accounts do."""
        response: HttpResponse = views.logout(request)
        return response

    def password_change(self, request: HttpRequest, extra_context: Extra = None) -> HttpResponse:  # type: ignore[override]  # noqa: ARG002  # it leads elsewhere
        """Lead to where people change their password."""
        return redirect("account_change_password")

    def password_change_done(self, request: HttpRequest, extra_context: Extra = None) -> HttpResponse:  # type: ignore[override]  # noqa: ARG002  # it leads elsewhere
        """Lead to one's access."""
        return redirect("mfa_index")
