from django.urls import path

from . import checklist, downloads, study, views

urlpatterns = [
    path("continuiteit/", views.overview, name="continuity"),
    path("continuiteit/signalen.csv", downloads.gaps_csv, name="care_gaps_csv"),
    path("continuiteit/werklijst/", views.work_list, name="care_gaps"),
    path("continuiteit/werklijst/<int:pk>/", views.gap, name="care_gap"),
    path("continuiteit/checklist/", checklist.overview, name="checklist"),
    path("continuiteit/checklist/nieuw/", checklist.add, name="checklist_add"),
    path("continuiteit/checklist/<int:pk>/<str:code>/", checklist.answer, name="checklist_answer"),
    path("continuiteit/wachtlijstonderzoek/", study.study, name="waiting_study"),
    path("continuiteit/wachtlijstonderzoek.csv", downloads.study_csv, name="waiting_study_csv"),
    path("continuiteit/wachtlijstonderzoek/casus/", study.add, name="case_review"),
    path("continuiteit/wachtlijstonderzoek/<int:pk>/", study.observe, name="case_review_observe"),
]
