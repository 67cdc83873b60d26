"""The list of what a hypothesis may change in the care system of a region."""

import pytest
from django.utils.translation import override

from tests.science.caresystem import full_sample, samples
from vliegwiel.science.caresystem import read_care_system
from vliegwiel.web.pages.initiatives.hypothesis_words import what_choices

NAMED = {
    "nl": {
        "multiply referrers.gp.trend": ("Huisarts", "Groei van de verwijzingen per jaar"),
        "multiply referrers.gp.season.07": ("Huisarts", "Huisarts: verwijzingen in juli"),
        "multiply municipalities.0150": (
            "Het hele zorgstelsel",
            "Deel van de jeugdigen dat uit Deventer komt",
        ),
        "multiply referrers.municipality.municipalities.0166": (
            "Gemeente",
            "Gemeente: deel van de jeugdigen dat uit Kampen komt",
        ),
    },
    "en": {
        "multiply referrers.gp.trend": ("General practitioner", "Growth of referrals a year"),
        "multiply referrers.gp.season.07": (
            "General practitioner",
            "General practitioner: referrals in July",
        ),
        "multiply municipalities.0150": (
            "The whole care system",
            "Share of the youths who come from Deventer",
        ),
        "multiply referrers.municipality.municipalities.0166": (
            "Municipality",
            "Municipality: share of the youths who come from Kampen",
        ),
    },
}


@pytest.mark.parametrize("language", NAMED)
def test_growth_season_and_municipalities_are_in_the_list(language: str) -> None:
    system = read_care_system(samples.as_text(full_sample.care_system()))
    with override(language):
        groups = what_choices(system)[1:]
        found = {key: (owner, words) for owner, rows in groups for key, words in rows}
        for key, (owner, words) in NAMED[language].items():
            assert found[key][0] == owner
            assert words in found[key][1]
