"""Settings that are fine for a demonstration and unsafe for real data, and the files that pages need."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from firstline.operations.doctor.finding import Finding, State, judged

_HERE = {"127.0.0.1", "localhost", "::1"}


def production() -> Iterator[Finding]:
    """How people reach the program. A demonstration on this machine may stay as it is."""
    origin = urlsplit(settings.ORIGIN)
    drill = Path(settings.FIRSTLINE_DEMONSTRATION).exists()
    worse = State.WARN if drill else State.BAD
    yield judged(
        "debug",
        "on" if settings.DEBUG else "off",
        well=not settings.DEBUG,
        to_do="Unset FIRSTLINE_DEBUG.",
        otherwise=worse,
    )
    local = origin.hostname in _HERE
    yield judged(
        "address",
        settings.ORIGIN,
        well=origin.scheme == "https",
        to_do="Set FIRSTLINE_ORIGIN to the https address people type; see docs/deployment.md."
        if local
        else "Plain http: passwords and names travel in clear. Put a TLS proxy before it.",
        otherwise=State.WARN if local or drill else State.BAD,
    )
    proxied = bool(settings.TRUSTED_PROXIES)
    if origin.scheme == "https":
        yield judged(
            "proxy",
            f"{settings.TRUSTED_PROXIES} before the server",
            well=proxied,
            to_do="Set FIRSTLINE_TRUSTED_PROXIES=1: without it every request looks like plain http from one caller.",
            otherwise=State.WARN,
        )
    hosts = ", ".join(settings.ALLOWED_HOSTS)
    yield judged("hosts", hosts, well="*" not in settings.ALLOWED_HOSTS, to_do="List the names in FIRSTLINE_HOSTS.")
    if drill:
        yield Finding("data", State.WARN, "a demonstration", "Never put real names into it.")


def static_files() -> Iterator[Finding]:
    """Styles and scripts, collected."""
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    there = manifest.exists() or settings.DEBUG
    said = str(settings.STATIC_ROOT) if there else f"not collected in {settings.STATIC_ROOT}"
    yield judged("static files", said, well=there, to_do="make setup, or firstline collectstatic --noinput")
