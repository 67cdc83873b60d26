"""Every table: each field classified, each relation down the chain of apps."""

import re

import pytest
from django.apps import apps
from django.db.models import Field, Model

from .source import layers

CLASSES = {"public", "internal", "personal"}
CHAIN = [room for layer in layers("apps") for room in layer]
# Names that say what a field holds about a person, in whatever table.
PERSONAL = re.compile(r"(^|_)(e?mail|name|phone|address|birth|bsn|password)(_|$)")


def our_models() -> list[type[Model]]:
    """Tables of our own apps. A history table copies the fields of one of these."""
    return [
        model
        for model in apps.get_models(include_auto_created=False)
        if model.__module__.startswith("vliegwiel.") and not hasattr(model, "history_type")
    ]


def fields_of(model: type[Model]) -> set[str]:
    """Fields that hold something: the number that Django gives to a row is not one of them."""
    return {
        field.name
        for field in model._meta.get_fields()
        if isinstance(field, Field) and not (field.primary_key and field.name == "id")
    }


def test_our_apps_are_those_of_the_chain() -> None:
    labels = {model._meta.app_label for model in our_models()}
    assert labels <= set(CHAIN)
    assert labels


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_every_field_has_a_class(model: type[Model]) -> None:
    classes = vars(model).get("field_classes", {})
    assert set(classes) == fields_of(model)
    assert set(classes.values()) <= CLASSES


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_who_did_it_is_never_public(model: type[Model]) -> None:
    """A reference to a person says something about that person."""
    classes = vars(model)["field_classes"]
    people = {
        field.name
        for field in model._meta.get_fields()
        if isinstance(field, Field)
        and field.related_model is not None
        and field.related_model._meta.label == "regions.User"
    }
    assert not {name for name in people if classes[name] == "public"}


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_relations_go_down_the_chain(model: type[Model]) -> None:
    """A table refers to tables of its own app or of a lower one; names in strings count too."""
    above = CHAIN[: CHAIN.index(model._meta.app_label)]
    upward = [
        f"{field.name} -> {field.related_model._meta.label}"
        for field in model._meta.get_fields()
        if isinstance(field, Field)
        and field.related_model is not None
        and field.related_model._meta.app_label in above
    ]
    assert not upward


def test_people_are_the_only_ones_with_personal_fields() -> None:
    """A field that names a person by its own name belongs to the table of people."""
    suspects = {
        f"{model._meta.label}.{name}"
        for model in our_models()
        for name, kind in vars(model)["field_classes"].items()
        if kind == "personal" and PERSONAL.search(name) and model._meta.label != "regions.User"
    }
    assert not suspects
