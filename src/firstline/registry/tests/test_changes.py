"""A newer list against the one before; the plan beside the lists; what a file hides."""

import datetime
import html
import io

import openpyxl
from django.urls import reverse
from django.utils.translation import gettext
from openpyxl.comments import Comment

from firstline.kernel import clock, scope
from firstline.places import actions as places
from firstline.places.models import Building
from firstline.registry import actions, comparing
from firstline.registry.models import SourceFile
from firstline.registry.tests.lists import encoded, staged
from firstline.testing.cast import Cast

OLD = encoded("房号,姓名\n1-1-101,王建国\n1-1-102,李秀珍\n1-2-301,赵小军\n")
NEW = encoded("房号,姓名\n1-1-101,王建国\n1-1-102,陈志博\n9-1-101,张伟\n")


def _text(response) -> str:  # type: ignore[no-untyped-def]
    return html.unescape(response.content.decode())


def _two(cast: Cast) -> SourceFile:
    actions.accept_file(cast.director, file_id=staged(cast.director, cast.compound, OLD, "旧.csv").pk)
    return staged(cast.director, cast.compound, NEW, "新.csv")


def test_doors_gone_doors_new_and_people_changed(cast: Cast) -> None:
    newer = _two(cast)
    with scope.enter(cast.director):
        doors = comparing.doors_changed(newer)
        assert doors is not None
        changed = comparing.people_changed(newer, doors)
    assert (doors.gone, doors.new) == (["1-2-301"], ["9-1-101"])
    assert [(one.label, one.came, one.went) for one in changed] == [("1-1-102", ["陈志博"], ["李秀珍"])]


def test_doors_are_told_as_they_are_walked(cast: Cast) -> None:
    actions.accept_file(cast.director, file_id=staged(cast.director, cast.compound, OLD, "旧.csv").pk)
    newer = encoded("房号,姓名\n1-1-1001,王建国\n1-1-201,李秀珍\n1-1-901,张伟\n")
    with scope.enter(cast.director):
        doors = comparing.doors_changed(staged(cast.director, cast.compound, newer, "新.csv"))
    assert doors is not None
    assert doors.new == ["1-1-201", "1-1-901", "1-1-1001"]


def test_it_is_shown_before_accepting_and_the_look_is_recorded(cast: Cast) -> None:
    client, newer = cast.director.client(), _two(cast)
    address = reverse("registry:changes", args=[newer.pk])
    assert address in _text(client.get(reverse("registry:review", args=[newer.pk])))
    page = _text(client.get(address))
    assert "李秀珍" in page and "1-2-301" in page and "旧.csv" in page
    asked = _text(client.get(reverse("registry:review", args=[newer.pk]), {"step": "accept"}))
    assert "少了1户" in asked


def test_after_acceptance_it_is_still_compared_with_the_one_before(cast: Cast) -> None:
    newer = _two(cast)
    actions.accept_file(cast.director, file_id=newer.pk)
    with scope.enter(cast.director):
        newer = SourceFile.objects.select_related("compound__place", "decision").get(pk=newer.pk)
        before = comparing.before(newer)
        assert before is not None
        assert before.open().name == "旧.csv"
        assert comparing.before(before) is None


def test_a_list_taken_back_is_compared_with_no_more(cast: Cast) -> None:
    newer = _two(cast)
    with scope.enter(cast.director):
        older = comparing.before(newer)
    assert older is not None
    actions.void_file(cast.director, file_id=older.pk)
    with scope.enter(cast.director):
        assert comparing.doors_changed(newer) is None


def test_the_page_of_the_frame_tells_what_plan_and_lists_do_not_share(cast: Cast) -> None:
    client = cast.director.client()
    frame = reverse("places:frame", args=[cast.compound.pk])
    title = gettext("Plan and lists compared")
    assert title not in _text(client.get(frame))
    actions.accept_file(cast.director, file_id=_two(cast).pk)
    page = _text(client.get(frame))
    assert title in page
    # 24 declared, of which three are listed; 9-1-101 stands in a building nobody described.
    assert '<span class="fl-num">21</span>' in page
    assert gettext("On a list, not on the plan") not in page


def test_a_door_a_list_adds_to_a_described_building_is_told_until_somebody_walks_it(cast: Cast) -> None:
    places.declare_buildings(cast.director, compound_id=cast.compound.pk, line="9号楼 2层每层2户")  # 9-101, not 9-1-101
    actions.accept_file(cast.director, file_id=_two(cast).pk)
    client, frame = cast.director.client(), reverse("places:frame", args=[cast.compound.pk])
    assert gettext("On a list, not on the plan") in _text(client.get(frame))
    with scope.enter(cast.director):
        (house,) = Building.objects.filter(compound=cast.compound, label="9")
    places.walk_frame(cast.director, building_id=house.pk, happened_at=clock.now(), doors_found=5)
    assert gettext("On a list, not on the plan") not in _text(client.get(frame))


def test_whoever_may_not_read_lists_sees_no_comparison(cast: Cast) -> None:
    actions.accept_file(cast.director, file_id=_two(cast).pk)
    page = _text(cast.worker.client().get(reverse("places:frame", args=[cast.compound.pk])))
    assert gettext("Plan and lists compared") not in page


def test_what_the_file_hides_is_read_and_told(cast: Cast) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["房号", "姓名", "电话"], ["1-1-101", "王建国", "13912345678"], ["1-1-102", "李秀珍", ""]):
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True
    sheet["B2"].comment = Comment("搬走了", "物业")
    book.properties.created = datetime.datetime(2020, 2, 1)  # noqa: DTZ001  # the format has no zone
    content = io.BytesIO()
    book.save(content)
    file = staged(cast.director, cast.compound, content.getvalue(), "藏.xlsx")
    page = _text(cast.director.client().get(reverse("registry:review", args=[file.pk])))
    assert gettext("Hidden in the file, read all the same") in page
    assert "李秀珍" in page and "搬走了" in page
    assert page.count(f'<span class="fl-tag">{gettext("hidden")}</span>') == 2
