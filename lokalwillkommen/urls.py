"""Addresses of the whole site; they are printed on paper, see docs/architecture.md."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from lokalwillkommen import finder_views, machines, preview, sitemaps, views
from lokalwillkommen.confirming import views as confirming
from lokalwillkommen.legal import views as legal
from lokalwillkommen.operations.views import readyz

urlpatterns = [
    path("", views.choose_language, name="choose_language"),
    path("admin/heute/", include("lokalwillkommen.today_urls")),
    path("admin/tabellen/", include("lokalwillkommen.bulk.urls")),
    path("admin/geschichte/", include("lokalwillkommen.history.urls")),
    path("admin/vorschlaege/", include("lokalwillkommen.suggestions.urls")),
    path("admin/uebersetzen/", include("lokalwillkommen.translating.urls")),
    path("admin/konto/", include("lokalwillkommen.accounts.urls")),
    path("admin/bestaetigen/", confirming.to_confirm, name="to_confirm"),
    path("admin/vorschau/", preview.preview, name="preview"),
    # Django would tell the address of any row there, also of those that nobody may see yet.
    path("admin/r/<path:row>", views.not_there),
    path("admin/", admin.site.urls),
    path("healthz", machines.healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("robots.txt", machines.robots, name="robots"),
    path("sitemap.xml", sitemaps.public_pages, name="sitemap"),
    path(".well-known/security.txt", machines.security, name="security"),
    # Its scope is all below its own address, so it stands at the root.
    path("worker.js", machines.worker, name="worker"),
    # Secret addresses, each in one mail; without a language, so in no sitemap and in no preview.
    path("bestaetigen/<str:key>/", confirming.by_mail, name="confirm_by_mail"),
    path("kalender/", include("sprechstunden.calendar_urls")),
    path("media/", include("lokalwillkommen.sign_videos.urls")),
    *i18n_patterns(
        path("", views.start, name="start"),
        path("finden/", finder_views.find_place, name="finder"),
        path("standorte/", include("standorte.urls")),
        path("sprechstunden/", include("sprechstunden.urls")),
        path("partner/", include("standorte.partner_urls")),
        path("ueber-uns/", views.about, name="about"),
        path("mitmachen/", views.take_part, name="take_part"),
        path("offline/", views.offline, name="offline"),
        path("kontakt/", include("lokalwillkommen.contact.urls")),
        path("impressum/", legal.imprint, name="imprint"),
        path("datenschutz/", legal.privacy, name="privacy"),
        path("barrierefreiheit/", legal.accessibility, name="accessibility"),
    ),
]

handler400 = views.bad_request
handler404 = views.page_not_found
handler500 = views.server_error
