"""The house's own checks must fail on what they are there for."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Message

from firstline.config.installation import ROOT


def tool(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("path", "text", "fault"),
    [
        ("src/firstline/places/views.py", "rows = Door.objects.all()\n", ".objects in a view"),
        ("src/firstline/places/views/board.py", "door.save()\n", ".save( in a view"),
        ("src/firstline/places/api.py", "Door.things.create()\n", ".create( in a view"),
        ("src/firstline/places/actions.py", "def rename(actor): ...\n", "rename without @action"),
        ("src/firstline/places/actions/doors.py", "@cache\ndef rename(actor): ...\n", "rename without @action"),
        ("src/firstline/places/models.py", "x = 1\n" * 401, "401 lines"),
        ("src/firstline/places/helpers.py", "", "a name that says nothing"),
        ("requirements.lock", "--index-url https://example.org\n", "line 1: an address"),
        ("frontend/package-lock.json", '{"resolved": "https://example.org"}\n', "line 1: an address"),
    ],
)
def test_a_broken_house_rule_is_found(path: str, text: str, fault: str) -> None:
    found = list(tool("house_rules").faults_in(Path(path), text))
    assert len(found) == 1
    assert fault in found[0]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("src/firstline/places/selectors.py", "rows = Door.objects.all()\n"),
        ("src/firstline/places/actions.py", "@action('x')\ndef rename(actor): ...\ndef _part(): ...\n"),
        ("src/firstline/places/tests/test_views.py", "Door.objects.create()\n"),
        ("src/firstline/places/migrations/0001_initial.py", "x = 1\n" * 401),
    ],
)
def test_what_is_allowed_passes(path: str, text: str) -> None:
    assert list(tool("house_rules").faults_in(Path(path), text)) == []


@pytest.mark.parametrize(
    ("message", "in_use", "fault"),
    [
        (Message("Door", ""), True, "not translated"),
        (Message("Door", "门", flags=["fuzzy"]), True, "fuzzy"),
        (Message("Door", "门"), False, "no longer in the sources"),
        (Message("%(count)s doors", "%(number)s户"), True, "placeholders differ"),
        (Message(("%(n)s door", "%(n)s doors"), ("",)), True, "not translated"),
    ],
)
def test_a_faulty_translation_is_found(message: Message, in_use: bool, fault: str) -> None:
    assert [fault in found for found in tool("messages").faults_of(message, in_use=in_use)] == [True]


def test_messages_are_taken_from_code_and_templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text(
        "{% load i18n %}{% translate 'Gaps' %}{% blocktranslate count n=n %}{{ n }} door{% plural %}{{ n }} doors"
        "{% endblocktranslate %}"
    )
    (tmp_path / "views.py").write_text("from django.utils.translation import gettext as _\n_('Saved')\n")
    messages = tool("messages")
    monkeypatch.setattr(messages, "SOURCES", tmp_path)
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    found = {message.id for message in messages.extracted() if message.id}
    assert found == {"Gaps", ("%(n)s door", "%(n)s doors"), "Saved"}
