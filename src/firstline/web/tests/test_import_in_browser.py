"""The import in a real browser, on a phone and at a desk: several files at once, from the drop to the doors; axe."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from firstline.config.testing.browser import DESK, PHONE, Browse, session_of
from firstline.kernel import scope
from firstline.places.models import Door
from firstline.registry.mentions import mentions_at
from firstline.registry.models import RowKind, SourceFile, TypingDraft
from firstline.registry.tests.lists import encoded, staged
from firstline.testing.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)
PASTE = """text => {
  const data = new DataTransfer();
  data.setData("text", text);
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true}));
}"""
SIZES = pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])

PLAIN = "房号,姓名,电话\n3-1-101,陈志博,13812345678\n3-1-102,李秀珍,\n"
ASKED = "房号,姓名,电话\n1-1-101,王建国,13912345678\n看不清,赵小军,13711112222\n"


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    named = {"枫林苑.csv": ASKED, "邮电局家属院.csv": PLAIN, "名单.csv": PLAIN.replace("3-1", "5-1"), "坏的.xlsx": "PK"}
    for name, text in named.items():
        (tmp_path / name).write_bytes(encoded(text))
    return [tmp_path / name for name in named]


def _check(page: Page, where: str) -> None:
    """Usable by everybody, and no wider than the screen."""
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    faults = {one["id"]: one["nodes"][0]["html"][:200] for one in found.response["violations"]}
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert (where, faults, max(wide, 0)) == (where, {}, 0)


@SIZES
def test_from_several_files_to_the_doors(browse: Browse, cast: Cast, size: tuple[int, int], files: list[Path]) -> None:
    page = browse.page(size, session=session_of(cast.director.login))
    page.goto("/lists/new/")
    page.set_input_files("#fl-file", files)
    expect(page.get_by_text("选了4份")).to_be_visible()
    _check(page, "new")
    page.get_by_role("button", name="读给我看").click()
    expect(page.get_by_role("alert")).to_contain_text("坏的.xlsx")
    _check(page, "lists")
    page.get_by_label("名单.csv").select_option(label="枫林苑")
    page.get_by_role("button", name="就按这样读").click()
    expect(page.get_by_role("link", name="名单.csv")).to_be_visible()
    page.get_by_role("button", name="收下打了勾的").click()
    _check(page, "accept many")
    page.get_by_role("button", name="收下2份").click()
    page.get_by_role("link", name="枫林苑.csv").click()
    _check(page, "review")
    page.get_by_role("link", name="逐行定").first.click()
    _check(page, "aside")
    page.get_by_label("楼", exact=False).and_(page.locator("[name=building]")).last.fill("4")
    page.locator(".fl-aside [name=unit]").fill("1")
    page.locator(".fl-aside [name=room]").fill("101")
    page.get_by_role("button", name="看看怎么读").click()
    expect(page.get_by_text("4号楼1单元101、赵小军")).to_be_visible()
    _check(page, "aside checked")
    page.get_by_role("button", name="记下1行").click()
    expect(page.get_by_text("没有放着的行")).to_be_visible()
    page.get_by_role("link", name="枫林苑.csv").click()
    page.get_by_role("link", name="收下2行").click()
    page.get_by_role("button", name="收下2行").click()
    page.get_by_role("link", name="撤回").click()
    _check(page, "undo")
    with scope.enter(cast.director):
        assert [seen.name for seen in mentions_at(Door.id_for(cast.compound.pk, "4-1-101"))] == ["赵小军"]
        assert SourceFile.objects.filter(decision__verdict="accepted").count() == 3


@SIZES
def test_a_chat_is_pasted(browse: Browse, cast: Cast, size: tuple[int, int]) -> None:
    page = browse.page(size, session=session_of(cast.director.login))
    page.goto("/lists/new/")
    page.get_by_text("粘贴群里的接龙").click()
    page.get_by_label("群里怎么写就怎么贴").fill("枫林苑接龙\n1. 1-1-101 王建国 3人\n2. 1-1-102 李秀珍 2人")
    _check(page, "pasted")
    page.get_by_role("button", name="读给我看").click()
    expect(page.get_by_text("王建国").first).to_be_visible()
    expect(page.get_by_text("粘贴的接龙.txt").first).to_be_visible()


@SIZES
def test_pages_about_one_list_are_usable_by_everybody(browse: Browse, cast: Cast, size: tuple[int, int]) -> None:
    page = browse.page(size, session=session_of(cast.director.login), language="en")
    file = staged(cast.director, cast.compound)
    for where in ("columns", "changes", "aside"):
        page.goto(f"/lists/{file.pk}/{where}/")
        _check(page, where)
    for path in ("/lists/typed/", f"/lists/typed/{cast.compound.pk}/"):
        page.goto(path)
        _check(page, path)


def test_a_list_is_typed_with_the_keys_alone(browse: Browse, cast: Cast) -> None:
    page = browse.page(DESK, session=session_of(cast.typist.login))
    page.goto(f"/lists/typed/{cast.compound.pk}/")
    page.locator("[name=building]").first.focus()
    for word in ("3", "1", "101", "陈志博"):
        page.keyboard.type(word)
        page.keyboard.press("Tab")
    page.locator("[name=room]").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.type("102")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.value") == "101"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Control+d")
    assert page.evaluate("document.activeElement.value") == "101"
    expect(page.locator("[data-state]")).to_have_text("已存")
    page.reload()
    expect(page.locator("[name=name]").first).to_have_value("陈志博")
    with scope.enter(cast.typist):
        assert TypingDraft.objects.count() == 1


def test_a_paste_is_shown_before_it_is_put_in(browse: Browse, cast: Cast) -> None:
    page = browse.page(DESK, session=session_of(cast.typist.login))
    page.goto(f"/lists/typed/{cast.compound.pk}/")
    rows = "\n".join(f"5\t1\t{100 + at}\t王{at}" for at in range(1, 13))
    page.locator("[name=building]").first.focus()
    page.evaluate(PASTE, rows)
    put_in = page.get_by_role("button", name="从这一格起填进12行、4列")
    expect(put_in).to_be_focused()
    assert page.locator("[name=room]").first.input_value() == ""
    page.keyboard.press("Escape")
    expect(put_in).to_be_hidden()
    page.evaluate(PASTE, rows)
    page.keyboard.press("Enter")
    assert page.locator("[name=room]").nth(11).input_value() == "112"
    page.get_by_role("button", name="看看怎么读").click()
    expect(page.get_by_text("5-1-112")).to_be_visible()


def test_typing_into_a_row_set_aside_means_that_door(browse: Browse, cast: Cast) -> None:
    page = browse.page(DESK, session=session_of(cast.typist.login))
    file = staged(cast.director, cast.compound)
    page.goto(f"/lists/{file.pk}/aside/")
    page.locator(".fl-aside [name=building]").first.fill("3")
    assert page.locator(".fl-aside [name=what]").first.input_value() == "typed"


def test_without_scripts_everything_is_a_plain_form(browse: Browse, cast: Cast, files: list[Path]) -> None:
    page = browse.page(DESK, session=session_of(cast.director.login), scripts=False)
    page.goto("/lists/new/")
    page.set_input_files("#fl-file", files[:2])
    page.get_by_role("button", name="读给我看").click()
    page.get_by_role("link", name="枫林苑.csv").click()
    page.get_by_role("link", name="逐行定").first.click()
    page.locator("[name=what]").select_option("none")
    page.get_by_role("button", name="看看怎么读").click()
    page.get_by_role("button", name="记下1行").click()
    expect(page.get_by_text("没有放着的行")).to_be_visible()
    page.goto(f"/lists/typed/{cast.compound.pk}/")
    page.locator("[name=building]").first.fill("7")
    page.locator("[name=room]").first.fill("101")
    page.get_by_role("button", name="看看怎么读").click()
    page.get_by_role("button", name="交上1行").click()
    expect(page.get_by_text("7-101").first).to_be_visible()
    with scope.enter(cast.director):
        assert SourceFile.objects.get(kind="typed").rows.filter(kind=RowKind.RECORD).count() == 1
