"""A proposal by a machine, shown in the field of the translator; nothing is written."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from lokalwillkommen.translating.forms import TranslationForm
from lokalwillkommen.translating.machine import MachineError, machine_for, proposal
from lokalwillkommen.translating.rights import for_translators
from lokalwillkommen.translating.views import text_page
from standorte.text_places import find_text


@for_translators
@require_POST
def propose(request: HttpRequest, language: str, key: str) -> HttpResponse:
    """Show the page again with a proposal; what somebody has typed stays, and the proposal stands beside it."""
    found, machine = find_text(key), machine_for(language)
    if found is None or not found.text or machine is None:
        raise Http404
    sent = request.POST
    typed = sent.get("words", "").replace("\r\n", "\n")
    seen = {"german": sent.get("german", ""), "seen": sent.get("seen", "")}
    try:
        proposed, failed = proposal(machine, found.text.german, language), ""
    except MachineError as error:
        proposed, failed = "", str(error)
    is_own = bool(typed.strip()) and typed != found.text.words(language)
    form = TranslationForm(language, initial={"words": typed if is_own or not proposed else proposed, **seen})
    return text_page(request, language, found, form, proposed=proposed, failed=failed)
