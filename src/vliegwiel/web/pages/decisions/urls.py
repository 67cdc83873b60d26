from django.urls import path

from . import adopting, deciding, forecasting, measured, scoring, spreading

_PILOT, _INITIATIVE = "proeven/<int:pilot>/", "innovaties/<int:pk>/"

urlpatterns = [
    path(f"{_PILOT}voorspelling/", forecasting.forecast, name="pilot_forecast"),
    path(f"{_PILOT}voorspelling/vragen/", forecasting.ask, name="pilot_forecast_ask"),
    path(f"{_INITIATIVE}besluiten/", deciding.decisions, name="initiative_decisions"),
    path(f"{_INITIATIVE}besluiten/bewijs/", deciding.keep, name="initiative_evidence"),
    path(f"{_INITIATIVE}overnemen/", adopting.adopt, name="initiative_adopt"),
    path(f"{_INITIATIVE}gemeten/", measured.learn, name="initiative_measured"),
    path("verkennen/scenario/<int:pk>/gemeten/", measured.scenario, name="scenario_measured"),
    path("voorspellingen/", scoring.scores, name="forecast_scores"),
    path("verspreiden/", spreading.spread, name="spread"),
]
