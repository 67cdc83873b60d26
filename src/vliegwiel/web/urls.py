"""Every address of the pages."""

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("vliegwiel.web.pages.home.urls")),
    path("regio/<slug:region_slug>/", include("vliegwiel.web.pages.figures.urls")),
    path("regio/<slug:region_slug>/", include("vliegwiel.web.pages.care_data.urls")),
    path("regio/<slug:region_slug>/", include("vliegwiel.web.pages.care_waits.urls")),
    path("regio/<slug:region_slug>/", include("vliegwiel.web.pages.offers.urls")),
    path("regio/<slug:region_slug>/", include("vliegwiel.web.pages.continuity.urls")),
    path("regio/<slug:region_slug>/", include("vliegwiel.web.pages.insights.urls")),
    path("regio/<slug:region_slug>/", include("vliegwiel.web.pages.agenda.urls")),
    path("innovaties/", include("vliegwiel.web.pages.initiatives.public_urls")),
    path("regio/<slug:region_slug>/", include("vliegwiel.web.pages.initiatives.urls")),
    path("regio/<slug:region_slug>/", include("vliegwiel.web.pages.pilot_work.urls")),
    path("regio/<slug:region_slug>/", include("vliegwiel.web.pages.yardstick.urls")),
    path("regio/<slug:region_slug>/", include("vliegwiel.web.pages.pilots.urls")),
    path("regio/<slug:region_slug>/", include("vliegwiel.web.pages.pilot_results.urls")),
    path("regio/<slug:region_slug>/", include("vliegwiel.web.pages.decisions.urls")),
    path("regio/<slug:region_slug>/", include("vliegwiel.web.pages.search.urls")),
    path("regio/<slug:region_slug>/", include("vliegwiel.web.pages.instruments.urls")),
    path("regio/<slug:region_slug>/", include("vliegwiel.web.pages.explorer.urls")),
    path("regio/<slug:region_slug>/", include("vliegwiel.web.pages.smallest_test.urls")),
    path("regio/<slug:region_slug>/", include("vliegwiel.web.pages.fits.urls")),
    path("regio/<slug:region_slug>/", include("vliegwiel.web.pages.loop.urls")),
    path("invullen/", include("vliegwiel.web.pages.instruments.answer_urls")),
    path("hulpvraag/", include("vliegwiel.web.pages.instruments.triage_urls")),
    path("account/", include("vliegwiel.web.login.urls")),
    path("language/", include("django.conf.urls.i18n")),
]
if settings.ADMIN_ENABLED:
    # The administration has a login page of its own, that knows no limits and no second factor.
    admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
    urlpatterns += [path("beheer/", admin.site.urls)]
