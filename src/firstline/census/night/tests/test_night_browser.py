"""Night entry in a real browser: the keys are counted, nothing is lost, everybody can use it."""

import sys

import pytest
from playwright.sync_api import Page, expect

from firstline.census.models import Attempt
from firstline.census.night.tests.usable import faults_of
from firstline.config.testing.browser import DESK, PHONE, Browse, session_of
from firstline.kernel import scope
from firstline.testing.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)
SIZES = pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
# What the page's own listener counted: each press of a key, modifiers and repeats included.
COUNT = """() => {
  globalThis.pressed = 0;
  addEventListener("keydown", () => { globalThis.pressed += 1; }, true);
}"""
PASTE = """text => {
  const data = new DataTransfer();
  data.setData("text", text);
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true}));
}"""
IDS = ("110101199003070118", "11010119900307803X", "110101199003074514")


def _open(browse: Browse, cast: Cast, size: tuple[int, int] = DESK, *, scripts: bool = True) -> Page:
    page = browse.page(size, session=session_of(cast.typist.login), scripts=scripts)
    page.goto(f"/census/night/{cast.compound.pk}/")
    if scripts:
        page.evaluate(COUNT)
    return page


def _name(page: Page, name: str) -> None:
    """A name as an input method puts it in: its keys are the name's, and are not counted."""
    page.keyboard.insert_text(name)


def _household(page: Page, door: str, people: list[tuple[str, str, str]], between: str = " ") -> int:
    """Type a household line; how many keys beyond names and numbers of documents (those are typed, and taken off)."""
    page.evaluate("globalThis.pressed = 0")
    numbers = 0
    page.keyboard.type(door)
    page.keyboard.press("Tab")
    page.keyboard.type("d")
    for at, (name, number, words) in enumerate(people):
        if at:
            page.keyboard.type(";")
        _name(page, name)
        page.keyboard.type(f" {number}{between}{words}")
        numbers += len(number)
    page.keyboard.press("Enter")
    return int(page.evaluate("globalThis.pressed")) - numbers


def test_a_household_of_three_takes_fewer_than_25_keys_beyond_names_and_numbers(
    browse: Browse, cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    page = _open(browse, cast)
    page.locator("[name=door]").first.focus()
    people = [("王建国", IDS[0], "h"), ("李秀珍", IDS[1], "p"), ("王小明", IDS[2], "z")]
    in_full = _household(page, "1-1-101", people)
    relative = _household(page, "102", people)
    # Without document numbers: sex and age, the age being a number.
    by_age = _household(page, "201", [("赵小军", "56", "m h"), ("孙丽", "54", "f p"), ("赵一", "20", "m z")])
    with capsys.disabled():
        counted = f"{in_full} with the door in full, {relative} with the room alone, {by_age} by sex and age"
        sys.stdout.write(f"\nkeys for a household of three beyond names and numbers: {counted}\n")
    assert max(in_full, relative, by_age) < 25
    expect(page.locator("tr.is-ready")).to_have_count(3)
    page.locator("button[value=save]").first.click()
    expect(page.get_by_text("记下了3行")).to_be_visible()
    with scope.enter(cast.director):
        assert sorted(Attempt.objects.values_list("door__label", "persons_met")) == [
            ("1-1-101", 3),
            ("1-1-102", 3),
            ("1-1-201", 3),
        ]


def test_nobody_in_is_two_keys_and_the_next_door(browse: Browse, cast: Cast) -> None:
    page = _open(browse, cast)
    page.locator("[name=door]").first.focus()
    page.keyboard.type("1-1-101")
    page.keyboard.press("Tab")
    page.keyboard.type("w")
    assert page.evaluate("document.activeElement.name") == "note", "nobody was met, so nobody is asked for"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") == "door"
    page.keyboard.type("102")
    page.keyboard.press("Tab")
    page.keyboard.type("d")
    assert page.evaluate("document.activeElement.name") == "people"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.value") == "w"


def test_what_is_typed_is_read_below_and_outlives_a_reload(browse: Browse, cast: Cast) -> None:
    page = _open(browse, cast)
    page.locator("[name=door]").first.focus()
    page.keyboard.type("1-1-101")
    page.keyboard.press("Tab")
    page.keyboard.type("d")
    _name(page, f"王建国 {IDS[0]}")
    reading = page.locator("tbody tr").first.locator(".is-ours")
    expect(reading).to_contain_text("1号楼1单元101")
    expect(reading).to_contain_text("1990-03-07")
    expect(page.locator("[data-state]")).to_have_text("已存")
    page.locator("[name=door]").nth(1).fill("9-9-999")
    expect(page.locator("tbody tr").nth(1).locator(".fl-night-wrong").first).to_contain_text("9-9-999")
    page.reload()
    expect(page.locator("[name=people]").first).to_have_value(f"王建国 {IDS[0]}")
    expect(page.locator("[name=door]").nth(1)).to_have_value("9-9-999")


def test_the_grid_grows_and_its_new_lines_are_saved(browse: Browse, cast: Cast) -> None:
    page = _open(browse, cast)
    last = page.locator("[name=door]").last
    last.focus()
    page.keyboard.type("1-1-101")
    page.keyboard.press("Tab")
    page.keyboard.type("w")
    page.keyboard.press("Enter")
    page.keyboard.type("102")
    page.keyboard.press("Tab")
    page.keyboard.type("j")
    expect(page.locator("tr.is-ready")).to_have_count(2)
    page.locator("button[value=save]").first.click()
    expect(page.get_by_text("记下了2行")).to_be_visible()
    page.locator(".fl-undo button").click()
    expect(page.locator("[name=door]").first).to_have_value("1-1-101")
    with scope.enter(cast.director):
        assert not Attempt.objects.filter(void=None).exists()


def test_a_paste_says_what_its_columns_are_before_it_is_put_in(browse: Browse, cast: Cast) -> None:
    page = _open(browse, cast)
    page.locator("[name=door]").first.focus()
    page.evaluate(PASTE, "房号\t姓名\t结果\n1-1-101\t王建国\td\n1-1-102\t\tw")
    put_in = page.get_by_role("button", name="放进表里")
    expect(put_in).to_be_focused()
    expect(page.locator(".fl-night-pasted")).to_contain_text("姓名")
    assert page.locator("[name=door]").first.input_value() == ""
    page.keyboard.press("Enter")
    expect(page.locator("[name=door]").first).to_have_value("1-1-101")
    expect(page.locator("tr.is-ready")).to_have_count(2)


@SIZES
def test_everybody_can_use_it(browse: Browse, cast: Cast, size: tuple[int, int]) -> None:
    page = _open(browse, cast, size)
    page.locator("[name=door]").first.fill("1-1-101")
    page.locator("[name=outcome]").first.fill("v")
    page.get_by_role("button", name="看看怎么读").locator("visible=true").click()
    for path in (None, "/census/night/?choose=1", "/census/night/checks/"):
        if path:
            page.goto(path)
        assert (path, *faults_of(page)) == (path, {}, 0)


def test_without_scripts_it_is_a_plain_form(browse: Browse, cast: Cast) -> None:
    page = _open(browse, cast, scripts=False)
    page.locator("[name=door]").first.fill("1-1-101")
    page.locator("[name=outcome]").first.fill("w")
    page.get_by_role("button", name="看看怎么读").first.click()
    expect(page.locator(".is-ours").nth(1)).to_contain_text("1号楼1单元101")
    page.get_by_role("button", name="记下1行").first.click()
    expect(page.get_by_text("记下了1行")).to_be_visible()
