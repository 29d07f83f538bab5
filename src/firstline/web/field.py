"""The field client, which lives at /field/ as files built by frontend/build.js: its page, its worker, its manifest.

The rest of it (scripts, styles, icons) is served with the static files; these three must lie below /field/, since a
worker's scope is where it lies, and must never come from an old cache, since they name everything else.
"""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

# Pictures are looked at before they are sent (blob:); the reader of QR codes is WebAssembly.
POLICY = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' data: blob:; object-src 'none'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The one page of the client. It holds nothing of anybody: what is seen comes from the phone's own store."""
    return _built("index.html", "text/html; charset=utf-8")


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, which keeps the client's files on the phone."""
    return _built("sw.js", "text/javascript; charset=utf-8")


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone needs to know to put the client among its apps."""
    return _built("manifest.webmanifest", "application/manifest+json")


def _built(name: str, content_type: str) -> HttpResponse:
    response = HttpResponse(_path(name).read_bytes(), content_type=content_type)
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Content-Security-Policy"] = POLICY
    return response


def _path(name: str) -> Path:
    """Collected where the server was installed; straight from the build where it is worked on."""
    if hasattr(staticfiles_storage, "manifest_name"):
        return Path(staticfiles_storage.path(f"field/{name}"))
    found = finders.find(f"field/{name}")
    if not isinstance(found, str):
        raise Http404
    return Path(found)
