"""Settings from the environment, each with a type. A wrong or unknown one stops the start and names itself."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

PREFIX = "FIRSTLINE_"
_TRUE, _FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}


_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?")


class SettingsError(Exception):
    """A variable of the environment has a value we refuse to run with."""


class Environment:
    """Reads variables and remembers which names exist, so that a misspelt one can be refused."""

    def __init__(self, variables: Mapping[str, str] = os.environ, known: Iterable[str] = ()) -> None:
        self._variables = variables
        self._known = set(known)

    def text(self, name: str, default: str) -> str:
        self._known.add(name)
        return self._variables.get(name, "").strip() or default

    def integer(self, name: str, default: int, *, least: int, most: int) -> int:
        text = self.text(name, str(default))
        if not text.isdecimal() or not least <= int(text) <= most:
            raise SettingsError(f"{name} must be a whole number from {least} to {most}, not {text!r}.")
        return int(text)

    def boolean(self, name: str, *, default: bool) -> bool:
        text = self.text(name, "true" if default else "false").lower()
        if text not in _TRUE | _FALSE:
            raise SettingsError(f"{name} must be true or false, not {text!r}.")
        return text in _TRUE

    def choice(self, name: str, default: str, choices: Iterable[str]) -> str:
        text = self.text(name, default)
        if text not in (allowed := list(choices)):
            raise SettingsError(f"{name} must be one of {', '.join(allowed)}, not {text!r}.")
        return text

    def words(self, name: str) -> list[str]:
        return [word for word in self.text(name, "").replace(",", " ").split() if word]

    def hosts(self, name: str) -> frozenset[str]:
        """Names of hosts, each with a port where it is not the usual one; no patterns."""
        found = frozenset(word.lower() for word in self.words(name))
        if wrong := sorted(word for word in found if not _HOST.fullmatch(word)):
            raise SettingsError(f"{name} must list hosts as host or host:port, not {wrong[0]!r}.")
        return found

    def path(self, name: str, default: Path) -> Path:
        return Path(self.text(name, str(default))).expanduser().absolute()

    def secret(self, name: str) -> str | None:
        """The value of NAME, or the contents of the file that NAME_FILE names. Never quoted in a message."""
        self._known |= {name, f"{name}_FILE"}
        value, file = self._variables.get(name), self._variables.get(f"{name}_FILE")
        if value and file:
            raise SettingsError(f"Set {name} or {name}_FILE, not both.")
        if not file:
            return value or None
        try:
            contents = Path(file).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as problem:
            raise SettingsError(f"{name}_FILE names a file that cannot be read ({type(problem).__name__}).") from None
        if not contents:
            raise SettingsError(f"{name}_FILE names an empty file.")
        return contents

    def refuse_unknown(self) -> None:
        unknown = sorted(name for name in self._variables if name.startswith(PREFIX) and name not in self._known)
        if unknown:
            raise SettingsError(f"Unknown variable {', '.join(unknown)}; see docs/configuration.md for the known ones.")

    @property
    def known(self) -> frozenset[str]:
        return frozenset(self._known)


class MailServer(NamedTuple):
    """Where e-mail is handed over; ``tls``: "at once" (smtps) or "asked for" (STARTTLS)."""

    host: str
    port: int
    user: str
    password: str
    tls: str


def mail_parts(name: str, url: str) -> MailServer | None:
    """A `smtp://user:password@host:port` or `smtps://…`; None for "". Never quoted in a message."""
    if not url:
        return None
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        raise SettingsError(f"{name} has a port that is no number.") from None
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname or parts.path.strip("/") or parts.query:
        raise SettingsError(f"{name} must look like smtps://user:password@host:port, or smtp:// for STARTTLS.")
    at_once = parts.scheme == "smtps"
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return MailServer(
        parts.hostname, port or (465 if at_once else 587), user, password, "at once" if at_once else "asked for"
    )


def database_parts(name: str, url: str) -> dict[str, object]:
    """A `postgresql://user:password@host:port/database?option=value` as Django wants it."""
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        raise SettingsError(f"{name} has a port that is no number.") from None
    database = unquote(parts.path.lstrip("/"))
    if parts.scheme not in {"postgres", "postgresql"} or not database or not parts.username:
        raise SettingsError(f"{name} must look like postgresql://user:password@host:port/database.")
    options = dict(parse_qsl(parts.query))
    host = options.pop("host", None) or unquote(parts.hostname or "")
    return {
        "NAME": database,
        "USER": unquote(parts.username),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(port or ""),
        "OPTIONS": options,
    }
