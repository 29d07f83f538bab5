"""The field client as the server gives it out: where its worker lies, what is never cached, what it may load."""

import re

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
FILES = {
    "/field/": "text/html",
    "/field/sw.js": "text/javascript",
    "/field/manifest.webmanifest": "application/manifest+json",
}


@pytest.mark.parametrize("address", FILES)
def test_what_names_everything_else_is_never_taken_from_an_old_cache(address: str) -> None:
    answer = Client().get(address)
    assert (answer.status_code, answer.headers["Content-Type"].split(";")[0]) == (200, FILES[address])
    assert answer.headers["Cache-Control"] == "no-cache"
    assert not answer.cookies


def test_the_page_loads_from_ourselves_only() -> None:
    answer = Client().get("/field/")
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'self'")
    assert "unsafe-inline" not in policy
    assert "'unsafe-eval'" not in policy
    page = answer.content.decode()
    assert not re.findall(r"<script(?![^>]*src=)|<style|style=|https?:", page)
    assert re.search(r'src="/static/field/assets/index-[\w-]{8}\.js"', page)


def test_the_worker_lists_every_file_with_the_hash_of_its_content() -> None:
    worker = Client().get("/field/sw.js").content.decode()
    page = Client().get("/field/").content.decode()
    for name in [*re.findall(r'/static/field/[^"]+', page), "/field/", "/field/manifest.webmanifest"]:
        assert name in worker
    assert worker.count("sha256-") >= len(FILES)


def test_it_is_only_read() -> None:
    assert Client().post("/field/").status_code == 405
