"""Every address: programs under /api/, people everywhere else."""

from django.urls import include, path

urlpatterns = [
    path("api/", include("vliegwiel.api.urls")),
    path("", include("vliegwiel.web.urls")),
]

handler400 = "vliegwiel.web.pages.errors.bad_request"
handler403 = "vliegwiel.web.pages.errors.forbidden"
handler404 = "vliegwiel.web.pages.errors.not_found"
handler429 = "vliegwiel.web.pages.errors.too_many_requests"
handler500 = "vliegwiel.web.pages.errors.server_error"
