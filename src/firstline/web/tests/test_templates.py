"""Every template of every app reads, says its context, and keeps to the content security policy."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

SOURCE = Path(__file__).parents[2]
TEMPLATES = sorted(
    (path.relative_to(folder).as_posix(), path)
    for folder in SOURCE.glob("*/templates")
    for path in folder.rglob("*.html")
)


@pytest.mark.parametrize(("name", "path"), TEMPLATES, ids=[name for name, _ in TEMPLATES])
def test_it_compiles(name: str, path: Path) -> None:
    get_template(name)


@pytest.mark.parametrize(("name", "path"), TEMPLATES, ids=[name for name, _ in TEMPLATES])
def test_it_has_no_inline_style_script_or_handler(name: str, path: Path) -> None:
    text = re.sub(r"{% comment %}.*?{% endcomment %}|{#.*?#}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)

    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)|hx-on|javascript:", text)


@pytest.mark.parametrize(("name", "path"), TEMPLATES, ids=[name for name, _ in TEMPLATES])
def test_it_says_its_context_at_the_top(name: str, path: Path) -> None:
    top = path.read_text(encoding="utf-8")[:1200]

    assert re.search(r"{#|{% comment %}", top) and "ontext" in top


def with_parts(text: str) -> str:
    """The text with the parts it includes by name, one level deep."""
    sources = dict(TEMPLATES)
    return re.sub(r'{% include "([^"]+)"[^%]*%}', lambda found: sources[found[1]].read_text(encoding="utf-8"), text)


# A household has no session that another site could borrow; its form carries a signed mark of its own.
_SENT = {"form.html", "back.html"}
PUBLIC = "census/online/"
POSTING = [(name, path) for name, path in TEMPLATES if not (name.startswith(PUBLIC) and name[len(PUBLIC) :] in _SENT)]


@pytest.mark.parametrize(("name", "path"), POSTING, ids=[name for name, _ in POSTING])
def test_every_form_that_posts_carries_its_token(name: str, path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    for form in re.findall(r"<form[^>]*method=\"post\"[^>]*>(.*?)</form>", text, re.DOTALL):
        assert "{% csrf_token %}" in with_parts(form)
