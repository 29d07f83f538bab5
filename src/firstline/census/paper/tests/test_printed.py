"""What is printed can be read back: codes say the numbers, boxes stand where the layout says, all is on paper."""

from datetime import date
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image

from firstline.census.paper import printing
from firstline.census.paper.layout import HEIGHT, MARK, MARKS, WIDTH, Box, Form, Question, form
from firstline.census.paper.layout import Words as FormWords
from firstline.census.paper.numbers import number_of, payload
from firstline.kernel.printing import pdf, png_pages

HEAD = printing.Letterhead("丽景街社区", "0358-8223456", date(2020, 2, 14))
LINK = "https://census.example.org/r/AB3DE9"
PPI = 150
RETURNED = Question("returned", "最近14天有没有人从外地回来", [("no", "没有"), ("yes", "有")])
SHEETS = [printing.Sheet(number_of(417), "枫林苑1号楼1单元101"), printing.Sheet(number_of(418), "枫林苑1号楼1单元102")]


def images(template: str, data: dict[str, object]) -> list[Image.Image]:
    return [Image.open(BytesIO(page)).convert("L") for page in png_pages(template, data, ppi=PPI)]


def codes(image: Image.Image) -> list[str]:
    return sorted(code.text for code in zxingcpp.read_barcodes(image))


def darkest(image: Image.Image, x: float, y: float) -> int:
    """The darkest pixel within half a millimetre of a place, 0 black to 255 white."""
    pixel = PPI / 25.4
    around = (int((x - 0.5) * pixel), int((y - 0.5) * pixel), int((x + 0.5) * pixel) + 1, int((y + 0.5) * pixel) + 1)
    return min(image.crop(around).tobytes())


def boxes_of(laid: Form) -> dict[str, Box]:
    return {box.name: box for box in laid.boxes}


def test_every_form_carries_its_number_as_a_code() -> None:
    pages = images(printing.FORM, printing.forms(SHEETS, HEAD, [RETURNED]))

    assert [codes(page) for page in pages] == [["FL:0417-1"], ["FL:0418-3"]]


def test_a_long_form_goes_on_to_a_second_page_that_says_so() -> None:
    many = [Question(f"q{at}", "近来去过哪里", [("a", "市场"), ("b", "医院")]) for at in range(12)]

    pages = images(printing.FORM, printing.forms(SHEETS[:1], HEAD, many))

    assert [codes(page) for page in pages] == [[payload("0417-1")], [payload("0417-1", 2)]]


@pytest.mark.parametrize("blank", [True, False])
def test_every_box_stands_where_a_camera_will_look_for_it(blank: bool) -> None:
    sheets = [printing.Sheet(number_of(417))] if blank else SHEETS[:1]
    laid = printing.form_of(HEAD, [RETURNED], blank=blank)
    (page,) = images(printing.FORM, printing.forms(sheets, HEAD, [RETURNED]))

    for box in laid.boxes:
        assert darkest(page, box.x, box.y + box.h / 2) < 190, box.name
        assert darkest(page, box.x + box.w, box.y + box.h / 2) < 190, box.name
        assert darkest(page, box.x + box.w / box.cells / 2, box.y + box.h / 2) > 200, box.name
    for x, y in MARKS:
        assert darkest(page, x + MARK / 8, y + MARK / 8) < 10


def test_the_page_that_lies_upside_down_is_known_by_its_ring() -> None:
    (page,) = images(printing.FORM, printing.forms(SHEETS[:1], HEAD))

    inside = [darkest(page, x + MARK / 2, y + MARK / 2) for x, y in MARKS]

    assert inside[0] > 200
    assert all(dark < 10 for dark in inside[1:])


@pytest.mark.parametrize("questions", [0, 1, 5, 30])
def test_no_two_boxes_overlap_and_all_lie_on_the_paper(questions: int) -> None:
    asked = [
        Question(f"q{at}", "近来去过哪里", [(str(choice), "很远的地方") for choice in range(9)])
        for at in range(questions)
    ]
    laid = form(
        FormWords("户表", "请填", "同意", "电话"), [*asked, Question("when", "哪天", digits=4), Question("who", "谁")]
    )

    for box in laid.boxes:
        assert 15 <= box.x <= box.x + box.w <= WIDTH - 15
        assert 13 <= box.y <= box.y + box.h <= HEIGHT - 13
    for at, box in enumerate(laid.boxes):
        for other in laid.boxes[at + 1 :]:
            apart = box.x + box.w <= other.x or other.x + other.w <= box.x
            under = box.y + box.h <= other.y or other.y + other.h <= box.y
            assert box.page != other.page or apart or under, (box, other)
    assert len(boxes_of(laid)) == len(laid.boxes)


def test_a_notice_carries_its_number_and_the_way_to_the_form() -> None:
    sheets = [printing.Sheet(number_of(417), "枫林苑1号楼1单元101", LINK), printing.Sheet(number_of(418))]

    (page,) = images(printing.NOTICES, printing.notices(sheets, HEAD))

    assert codes(page) == sorted([LINK, "FL:0417-1", "FL:0418-3"])


def test_three_notices_are_two_pages() -> None:
    sheets = [printing.Sheet(number_of(serial)) for serial in (1, 2, 3)]

    assert len(images(printing.NOTICES, printing.notices(sheets, HEAD))) == 2


def test_it_is_printed_in_the_language_of_the_place_and_names_nobody_absent() -> None:
    (notice,) = printing.notices([printing.Sheet(number_of(417))], HEAD)["notices"]

    assert notice["title"] == "请给我们打个电话"
    assert not any(word in " ".join(notice.values()) for word in ("没人", "不在家", "无人"))


def test_a_batch_is_one_pdf() -> None:
    assert pdf(printing.FORM, printing.forms(SHEETS, HEAD)).startswith(b"%PDF")
