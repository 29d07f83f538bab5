"""The causes that queries find: one statement for all, put together for any ranges, the same whoever asks when."""

from datetime import date
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from firstline.kernel import gap_sources, scope
from firstline.kernel.gap_sources import Waiting
from firstline.kernel.given import written
from firstline.kernel.paths import Range, subtree
from firstline.testing.cast import COMMUNITY, COMMUNITY_ELSEWHERE, Cast

ALL = list(gap_sources._waiting)
every = pytest.mark.parametrize("one", ALL, ids=[one.kind for one in ALL])


def asked(cast: Cast, *within: Range, kind: str) -> dict[str, int]:
    with scope.enter(cast.director):
        return gap_sources.waiting_at(within, kind)


@pytest.mark.parametrize("kind", sorted(gap_sources.kinds()))
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_each_says_by_which_fact_it_closes(kind: str, language: str) -> None:
    with translation.override(language):
        closes = str(gap_sources.kinds()[kind].closes)
    assert closes
    assert closes.isascii() == (language == "en"), "said in the reader's language"


def test_no_two_share_a_kind() -> None:
    assert len({one.kind for one in ALL}) == len(ALL) > 1


@every
def test_it_is_answered_for_one_range_for_several_and_for_a_place_without_a_campaign(cast: Cast, one: Waiting) -> None:
    here, elsewhere = subtree(COMMUNITY), subtree(COMMUNITY_ELSEWHERE)
    parts = [subtree(f"{COMMUNITY}/0001"), subtree(f"{COMMUNITY}/0002")]
    for within in ([here], parts, [subtree(COMMUNITY[:6]), elsewhere], [subtree("99")]):
        assert sum(asked(cast, *within, kind=one.kind).values()) >= 0


@every
def test_nothing_of_the_moment_or_the_reader_is_in_what_is_put_together_once(one: Waiting) -> None:
    """Whatever stands there as a value is every later reader's too."""
    baked = [value for value in written(one.rows()).parameters if isinstance(value, date | UUID)]
    assert not baked, "say it with Given"


def test_all_of_them_are_one_statement(cast: Cast) -> None:
    with scope.enter(cast.director):
        gap_sources.waiting_at([subtree(COMMUNITY)], "_parked")
        with CaptureQueriesContext(connection) as sent:
            gap_sources.waiting_at([subtree(COMMUNITY)], "")
    assert len(sent) == 1


def test_without_a_scope_nobody_is_shown_anything(cast: Cast) -> None:
    assert gap_sources.waiting_at([subtree(COMMUNITY)], "") == {}
