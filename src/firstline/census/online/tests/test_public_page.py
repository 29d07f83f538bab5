"""The public page: what it offers, what it asks once more, how it works without a script, and what it never says."""

from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest
from django.test import Client, override_settings

from firstline.audit.models import LedgerEntry
from firstline.census.models import ReportLink
from firstline.census.online.actions import close_link, reissue_link
from firstline.census.online.coming_back import MOST_WRONG
from firstline.census.online.tests.conftest import HOUSEHOLD, Post
from firstline.census.online.tests.test_reporting import code_in, reports
from firstline.census.online.written import MOST_BYTES
from firstline.kernel import scope
from firstline.testing.cast import Cast


def page(link: ReportLink, **headers: Any) -> str:
    answer = Client().get(f"/r/{link.code}/", headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_is_open_to_anybody_and_needs_no_script(link: ReportLink) -> None:
    text = page(link)

    assert "枫林苑" in text and "0358-8220000" in text
    assert "<script" not in text
    assert "style=" not in text
    assert len(text.encode()) < 20_000


def test_it_sets_no_cookie_and_is_kept_by_no_cache(link: ReportLink, post: Post) -> None:
    for answer in (Client().get(f"/r/{link.code}/"), post()):
        assert not answer.cookies
        assert "no-store" in answer.headers["Cache-Control"]


def test_a_code_typed_in_small_letters_opens_it(link: ReportLink) -> None:
    assert Client().get(f"/r/{link.code.lower()}/").status_code == 200


def test_the_page_is_the_same_before_and_after_a_report(link: ReportLink, post: Post) -> None:
    def plain(text: str) -> list[str]:
        return [line for line in text.splitlines() if 'name="token"' not in line]

    before = plain(page(link))
    post()
    assert plain(page(link)) == before


def test_consent_says_who_sees_it_and_until_when(link: ReportLink) -> None:
    text = page(link)
    assert "丽景街社区" in text
    assert "180" in text


@pytest.mark.parametrize(
    ("changes", "asked"),
    [
        ({"1-id": "142302197602226840"}, "1-id"),
        ({"1-phone": "123"}, "1-phone"),
        ({"room": None}, "room"),
        ({name: None for name in HOUSEHOLD if name[:2] in {"1-", "2-"}}, "1-name"),
    ],
)
def test_a_doubt_is_asked_once_and_may_be_stood_by(cast: Cast, post: Post, changes: dict[str, Any], asked: str) -> None:
    first = post(**changes)
    assert first.status_code == 200
    assert 'name="confirmed"' in first.content.decode()
    assert reports(cast) == []

    assert code_in(post(**changes, confirmed="1"))
    assert len(reports(cast)) == 1


def test_one_person_more_keeps_everything_that_was_typed(cast: Cast, post: Post) -> None:
    text = post(step="more", **{"3-name": "王小明", "3-relation": ""}).content.decode()

    for typed in ("王建国", "李秀英", "王小明", "142302197602226845", "老人行动不便"):
        assert typed in text
    assert 'name="4-name"' in text and 'name="5-name"' not in text
    assert reports(cast) == []


def test_no_more_rows_than_forty(post: Post) -> None:
    text = post(step="more", **{f"{number}-name": "王建国" for number in range(1, 41)}).content.decode()

    assert 'name="41-name"' not in text
    assert 'value="more"' not in text


def test_ten_megabytes_are_answered_unread(cast: Cast, link: ReportLink, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(_request: HttpRequest) -> None:
        raise AssertionError("the body was read")

    monkeypatch.setattr(WSGIRequest, "_load_post_and_files", read)
    answer = Client().post(f"/r/{link.code}/", {"note": "好" * (10 * 1024 * 1024 // 9)})

    assert answer.status_code == 413
    assert "256" in answer.content.decode()
    assert reports(cast) == []


@override_settings(DATA_UPLOAD_MAX_NUMBER_FIELDS=1_000)
def test_more_fields_than_any_form_has_are_too_many(cast: Cast, link: ReportLink) -> None:
    answer = Client().post(f"/r/{link.code}/", {f"q.{number}": "x" for number in range(1_001)})

    assert answer.status_code == 413
    assert reports(cast) == []


def test_the_largest_form_that_is_read_is_kept_whole(cast: Cast, post: Post) -> None:
    note = "x" * (MOST_BYTES - 2_000)
    post(note=note)

    with scope.enter(cast.director):
        assert reports(cast)[0].open().note == note


def test_what_no_text_has_is_left_out_and_nothing_breaks(cast: Cast, post: Post) -> None:
    assert code_in(post(note="a\0b"))


def test_a_closed_address_says_so_and_takes_nothing(cast: Cast, link: ReportLink, post: Post) -> None:
    close_link(cast.director, link_id=link.pk)

    assert Client().get(f"/r/{link.code}/").status_code == 410
    assert post().status_code == 410
    assert reports(cast) == []


def test_a_new_address_stands_for_the_old_one(cast: Cast, link: ReportLink) -> None:
    new = reissue_link(cast.director, link_id=link.pk)

    assert new.code != link.code and new.phone == link.phone
    assert Client().get(f"/r/{link.code}/").status_code == 410
    assert Client().get(f"/r/{new.code}/").status_code == 200


def test_an_address_nobody_gave_is_not_there(db: None) -> None:
    assert Client().get("/r/22222222/").status_code == 404
    assert Client().get("/r/nonsense-and-more/").status_code == 404


class TestComingBack:
    def test_the_code_opens_the_households_words_with_numbers_masked(
        self, cast: Cast, link: ReportLink, post: Post
    ) -> None:
        code = code_in(post())
        text = Client().post(f"/r/{link.code}/back/", {"household_code": f" {code.lower()} "}).content.decode()

        assert "王建国" in text and "老人行动不便" in text
        assert "142302197602226845" not in text and "13912345678" not in text
        with scope.enter(cast.director):
            assert LedgerEntry.objects.filter(action="census.open_own_report", is_look=True).count() == 1

    def test_what_stays_masked_keeps_its_number(self, cast: Cast, link: ReportLink, post: Post) -> None:
        code = code_in(post())
        form = Client().post(f"/r/{link.code}/back/", {"household_code": code}).context
        rows = {f"{one.number}-{part}": getattr(one.person, name) for one in form["rows"] for part, name in _PARTS}
        answer = Client().post(
            f"/r/{link.code}/",
            {**HOUSEHOLD, **rows, "2-name": "李秀荣", "token": form["token"], "root": form["root"]},
        )

        assert code_in(answer) == code
        with scope.enter(cast.director):
            people = reports(cast)[-1].open().people
        assert (people[0].id_number, people[0].phone) == (HOUSEHOLD["1-id"], HOUSEHOLD["1-phone"])
        assert people[1].name == "李秀荣"

    def test_a_wrong_code_opens_nothing(self, link: ReportLink, post: Post) -> None:
        post()
        for typed in ("22222222", "", "哈哈哈"):
            answer = Client().post(f"/r/{link.code}/back/", {"household_code": typed})
            assert answer.status_code == 422

    def test_codes_are_tried_slowly(self, link: ReportLink, post: Post) -> None:
        code = code_in(post())
        wrong = code[:2] + ("222222" if not code.endswith("222222") else "333333")
        for _time in range(MOST_WRONG):
            assert Client().post(f"/r/{link.code}/back/", {"household_code": wrong}).status_code == 422

        assert Client().post(f"/r/{link.code}/back/", {"household_code": code}).status_code == 429
        other = ("33" if code[:2] != "33" else "44") + "222222"
        assert Client().post(f"/r/{link.code}/back/", {"household_code": other}).status_code == 422

    def test_another_communitys_address_does_not_open_it(self, cast: Cast, link: ReportLink, post: Post) -> None:
        from firstline.census.online.actions import open_links
        from firstline.kernel.actors import console

        code = code_in(post())
        (other,) = open_links(console(), place_ids=[cast.compound_elsewhere.pk])
        assert Client().post(f"/r/{other.code}/back/", {"household_code": code}).status_code == 422


_PARTS = (("name", "name"), ("relation", "relation"), ("id", "id_number"), ("birth", "birth"), ("phone", "phone"))


def test_a_row_more_counts_the_empty_ones_too(post: Post) -> None:
    empty = {f"{row}-{part}": "" for row in (2, 3) for part in ("name", "relation", "id", "birth", "phone")}
    text = post(step="more", **empty).content.decode()

    assert 'name="4-name"' in text
