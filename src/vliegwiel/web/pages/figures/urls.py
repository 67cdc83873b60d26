from django.urls import path

from . import bridge, deliver, downloads, municipalities, views

urlpatterns = [
    path("zien/", views.figures, name="figures"),
    path("zien/cijfers.csv", downloads.figures_csv, name="figures_csv"),
    path("zien/verschil-met-cbs/", bridge.differences, name="cbs_bridge"),
    path("zien/verschil-met-cbs.csv", bridge.differences_csv, name="cbs_bridge_csv"),
    path("zien/gemeenten/", municipalities.municipalities, name="municipalities"),
    path("zien/gemeenten/<str:code>/", municipalities.municipality, name="municipality"),
    path("zien/wachttijden/", views.waiting_times, name="waiting_times"),
    path("zien/wachttijden.csv", downloads.waiting_times_csv, name="waiting_times_csv"),
    path("zien/wachttijden/inlezen/", deliver.choose, name="waiting_times_deliver"),
    path("zien/wachttijden/inlezen/<slug:ticket>/", deliver.confirm, name="waiting_times_confirm"),
]
