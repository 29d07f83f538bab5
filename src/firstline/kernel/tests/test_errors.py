"""Errors are a contract with other programs: codes, statuses and named data stand in contracts/error-codes.json."""

import json
import re
from collections.abc import Iterator
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError
from django.utils import translation
from django.utils.module_loading import module_has_submodule

from firstline.config.installation import ROOT
from firstline.kernel import errors
from firstline.kernel.errors import Conflict, FirstlineError, from_integrity

CONTRACT = ROOT / "contracts" / "error-codes.json"
_NAMED = re.compile(r"%\((\w+)\)s")


def family(of: type[FirstlineError] = FirstlineError) -> Iterator[type[FirstlineError]]:
    import_module("firstline.config.urls")  # and with the pages, the errors of packages inside an app
    for app in apps.get_app_configs():
        if app.name.startswith("firstline.") and module_has_submodule(app.module, "errors"):
            import_module(f"{app.name}.errors")
    yield of
    for subclass in of.__subclasses__():
        if subclass.__module__.startswith("firstline.") and ".tests." not in subclass.__module__:
            yield from family(subclass)


def message_of(error: type[FirstlineError], language: str) -> str:
    with translation.override(language):
        return str(error.message)


def described() -> dict[str, dict[str, object]]:
    """The contract as the code has it."""
    return {
        error.code: {"status": error.status, "data": sorted(set(_NAMED.findall(message_of(error, "en"))))}
        for error in sorted(family(), key=lambda error: error.code)
    }


def test_contract_lists_every_error_as_it_is() -> None:
    written = json.dumps(described(), indent=1) + "\n"
    assert CONTRACT.read_text(encoding="utf-8") == written, f"write this to {CONTRACT.name}:\n{written}"


def test_codes_are_unique() -> None:
    codes = [error.code for error in set(family())]
    assert sorted(codes) == sorted(set(codes))


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_messages_name_the_same_data_in_every_language(language: str) -> None:
    for error in family():
        assert set(_NAMED.findall(message_of(error, language))) == set(_NAMED.findall(message_of(error, "en"))), error


def test_messages_say_something_a_person_can_use() -> None:
    for error in family():
        assert error.status >= 400
        assert message_of(error, "en").strip(), error


def test_data_is_put_into_the_sentence_when_it_is_shown() -> None:
    error = errors.KeyMissing(key="a.key")
    assert "a.key" in str(error)
    assert error.data == {"key": "a.key"}


def test_percent_signs_in_data_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "100%s" in str(errors.Invalid(problem="100%s"))


def test_unexplained_constraint_is_left_alone() -> None:
    assert from_integrity(IntegrityError("no diagnosis")) is None


def test_explained_constraints_exist_in_some_model() -> None:
    list(family())
    named = {c.name for model in apps.get_models() for c in model._meta.constraints}
    for model in apps.get_models():
        table = model._meta.db_table
        named |= {f"{table}_pkey"} | {
            f"{table}_{field.column}_key" for field in model._meta.concrete_fields if field.unique
        }
    assert set(errors._BY_CONSTRAINT) <= named
    assert all(isinstance(error, FirstlineError) for error in errors._BY_CONSTRAINT.values())


def test_conflict_is_409() -> None:
    assert Conflict().status == 409
