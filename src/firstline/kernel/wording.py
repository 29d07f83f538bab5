"""How acts and looks are said in the ledger: each app says its own in a module ``wording``, found at start."""

from collections.abc import Mapping

from django.utils.functional import Promise

Text = str | Promise

_acts: dict[str, Text] = {}
_fields: dict[str, Text] = {}
_values: dict[str, Mapping[str, Text]] = {}


def register(
    *,
    acts: Mapping[str, Text],
    fields: Mapping[str, Text] | None = None,
    values: Mapping[str, Mapping[str, Text]] | None = None,
) -> None:
    """Say what acts and looks are called, their fields, and the values of fields that are codes."""
    _acts.update(acts)
    _fields.update(fields or {})
    for name, codes in (values or {}).items():
        # Several apps say what may be seen ("fields"), each its own.
        _values[name] = {**_values.get(name, {}), **codes}


def act(name: str) -> str:
    """What was done, as a sentence without its subject."""
    return str(_acts.get(name, name))


def field(name: str) -> str:
    """What a field is called."""
    return str(_fields.get(name, name))


def value(name: str, code: object) -> str:
    """What a value of a field is called; what is no code is said as it is."""
    text = "" if code is None else str(code)
    return str(_values.get(name, {}).get(text, text))
