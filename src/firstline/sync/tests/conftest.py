"""Phones in a real browser, for whoever tests what they do."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from playwright.sync_api import Page

from firstline.config.testing.browser import PHONE, Browse
from firstline.sync.tests.in_browser import grant_lasting_storage
from firstline.sync.tests.own_browser import OwnBrowser


@pytest.fixture
def no_wrong_codes_yet(db: None) -> None:
    """Codes that other tests typed wrong slow nobody down."""
    cache.clear()


@pytest.fixture
def phone(browse: Browse, no_wrong_codes_yet: None) -> Page:
    """A phone whose browser keeps what it is given, as one does that was added to the home screen."""
    page = browse.page(PHONE)
    grant_lasting_storage(page.context, browse.server.url)
    return page


@pytest.fixture
def own(browse: Browse, tmp_path: Path) -> Iterator[OwnBrowser]:
    own = OwnBrowser(browse, tmp_path / "browser")
    yield own
    own.close()
