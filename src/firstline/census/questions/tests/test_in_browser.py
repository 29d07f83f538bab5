"""Questions in a real browser: what does not apply is hidden, wrong answers are told at once; also without a script."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from firstline.census.models import Attempt
from firstline.census.questions import shipped
from firstline.census.questions.actions import choose_questions
from firstline.census.questions.tests.test_question_sets import uploaded
from firstline.config.testing.browser import DESK, PHONE, Browse, session_of
from firstline.kernel import scope
from firstline.testing.cast import COUNTY, Cast

pytestmark = pytest.mark.django_db(transaction=True)
SIZES = pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])


@pytest.fixture
def asked(cast: Cast) -> Cast:
    kept = uploaded(cast.county_officer, shipped.read("epidemic-2020"), COUNTY)
    choose_questions(cast.county_officer, campaign_id=cast.campaign.pk, set_id=kept.pk)
    return cast


def answers(cast: Cast) -> dict[str, object]:
    with scope.enter(cast.director):
        found: dict[str, object] = Attempt.objects.get().open().answers
        return found


def question(page: Page, name: str) -> Locator:
    return page.locator(f"[data-question={name}]")


def check(page: Page) -> None:
    """Usable by everybody, and no wider than the screen."""
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    faults = {one["id"]: one["nodes"][0]["html"][:200] for one in found.response["violations"]}
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert (faults, max(wide, 0)) == ({}, 0)


@SIZES
def test_a_returnee_is_asked_more_and_a_wrong_day_is_told_at_once(
    browse: Browse, asked: Cast, size: tuple[int, int]
) -> None:
    page = browse.page(size, session=session_of(asked.worker.login))
    page.goto(f"/doors/{asked.door.pk}/?result=registered")
    expect(question(page, "origin")).to_be_hidden()
    page.get_by_label("家里现在住几口人").fill("3")
    question(page, "back").get_by_text("有", exact=True).click()
    expect(question(page, "origin")).to_be_visible()
    expect(question(page, "place")).to_be_visible()
    question(page, "origin").get_by_text("武汉").click()
    expect(question(page, "place")).to_be_hidden()
    page.get_by_label("哪天到家").fill("2018-01-21")
    page.get_by_label("哪天到家").blur()
    expect(question(page, "arrived").get_by_text("早于这次疫情，再问一遍")).to_be_visible()
    check(page)

    page.get_by_label("哪天到家").fill("2020-01-21")
    expect(question(page, "arrived").get_by_text("早于这次疫情，再问一遍")).to_be_hidden()
    question(page, "contact").get_by_text("没有", exact=True).click()
    question(page, "signs").get_by_text("都没有", exact=True).click()
    page.locator("[name=line]").last.fill("王建国 男 56 户主")
    page.locator("[name=step][value=done]").click()
    page.wait_for_url("**/buildings/**")
    assert answers(asked) == {
        "people": "3",
        "back": "yes",
        "origin": "wuhan",
        "arrived": "2020-01-21",
        "contact": "no",
        "signs": ["none"],
    }


def test_without_a_script_the_conditions_stand_in_words_and_the_server_judges(browse: Browse, asked: Cast) -> None:
    page = browse.page(PHONE, session=session_of(asked.worker.login), scripts=False)
    page.goto(f"/doors/{asked.door.pk}/?result=registered")
    expect(page.get_by_text("“14天内有没有人从外地回来”是“有”，才问").first).to_be_visible()
    page.locator("[name=line]").last.fill("王建国 男 56 户主")
    page.locator("[name=step][value=done]").click()
    expect(page.get_by_text("这题还没答").first).to_be_visible()
    page.get_by_label("家里现在住几口人").fill("2")
    question(page, "back").get_by_text("没有", exact=True).click()
    question(page, "signs").get_by_text("都没有", exact=True).click()
    page.locator("[name=step][value=done]").click()
    page.wait_for_url("**/buildings/**")
    assert answers(asked) == {"people": "2", "back": "no", "signs": ["none"]}


@SIZES
def test_a_set_is_tried_and_chosen(browse: Browse, asked: Cast, size: tuple[int, int]) -> None:
    page = browse.page(size, session=session_of(asked.county_officer.login))
    page.goto("/census/questions/")
    check(page)
    page.get_by_role("button", name="防汛转移: 原样用").or_(page.get_by_role("button", name="防汛转移：原样用")).click()
    check(page)
    expect(question(page, "counted_where")).to_be_hidden()
    question(page, "counted").get_by_text("是", exact=True).click()
    expect(question(page, "counted_where")).to_be_visible()
    page.get_by_role("button", name="问这一套").click()
    expect(page.get_by_text("问的是这一套")).to_be_visible()
