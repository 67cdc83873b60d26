from django.urls import path

from . import clustering, observing, terms, views

urlpatterns = [
    path("begrijpen/", views.insights, name="insights"),
    path("begrijpen/kaart/", views.insight_map, name="insight_map"),
    path("begrijpen/nieuw/", clustering.new_insight, name="insight_new"),
    path("begrijpen/<int:number>/", views.insight, name="insight"),
    path("begrijpen/<int:number>/wijzigen/", clustering.change_insight, name="insight_change"),
    path("begrijpen/<int:number>/prioriteit/", views.priority, name="insight_priority"),
    path("begrijpen/<int:number>/rust-op/", clustering.rests_on, name="insight_rests_on"),
    path("begrijpen/<int:number>/samenhang/", clustering.relate, name="insight_relate"),
    path(
        "begrijpen/<int:number>/rust-op/<int:pk>/verwijderen/",
        clustering.take_off,
        name="insight_take_off",
    ),
    path("begrijpen/raadplegingen/nieuw/", clustering.consultation, name="consultation_add"),
    path("begrijpen/raadplegingen/<int:pk>/", clustering.consultation, name="consultation"),
    path("begrijpen/signalen/", observing.register, name="observations"),
    path("begrijpen/signalen/nieuw/", observing.add, name="observation_add"),
    path("begrijpen/signalen/inlezen/", observing.add_many, name="observations_add"),
    path(
        "begrijpen/signalen/uit-ronde/<int:pk>/",
        observing.carry_over,
        name="observations_from_round",
    ),
    path("begrijpen/signalen/<int:pk>/", observing.detail, name="observation"),
    path("begrijpen/signalen/<int:pk>/inzichten/", observing.support, name="observation_support"),
    path("begrijpen/signalen/<int:pk>/wijzigen/", observing.change, name="observation_change"),
    path("begrijpen/signalen/<int:pk>/verwijderen/", observing.remove, name="observation_remove"),
    path("begrijpen/begrippen/", terms.terms, name="terms"),
    path("begrijpen/begrippen/betekenis/", terms.add_meaning, name="meaning_add"),
    path("begrijpen/begrippen/ander-woord/", terms.add_other_word, name="other_word_add"),
    path("begrijpen/begrippen/uit-bronnen/", terms.take_shipped, name="terms_shipped"),
    path("begrijpen/begrippen/<int:pk>/verwijderen/", terms.remove, name="term_remove"),
]
