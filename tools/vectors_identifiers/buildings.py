"""The line in which a director describes her buildings."""

from collections.abc import Iterator

from cases import Case, case


def lines() -> Iterator[Case]:
    def line(text: str, count: int, first: str, last: str, why: str = "one line, as a director writes it") -> Case:
        return case("building_line", text, {"count": count, "first": first, "last": last, "problems": []}, why)

    yield line("1-6号楼 各3单元6层每层2户", 6 * 3 * 6 * 2, "1-1-101", "6-3-602")
    yield line("A座 33层 每层8户", 33 * 8, "A-101", "A-3308")
    yield line("东街1-9排 每排12户", 9 * 12, "东街1排1号", "东街9排12号")
    yield line("7、9号楼 2单元 11层 每层3户", 2 * 2 * 11 * 3, "7-1-101", "9-2-1103")
    yield line("A-D座 18层 每层4户", 4 * 18 * 4, "A-101", "D-1804")
    yield line("3号楼 4层 每层5户 无1层", 3 * 5, "3-201", "3-405", "a floor left out")
    yield line("1号楼 18层 每层4户 没有4层、14层", 16 * 4, "1-101", "1-1804", "unlucky floors left out")
    yield line("1号楼 2单元 6层 一梯两户 1层商铺", 2 * 5 * 2, "1-1-201", "1-2-602", "shops on the ground floor")
    yield line("3号楼 2单元 2-6层 每层2户", 2 * 5 * 2, "3-1-201", "3-2-602", "floors from the second")
    yield line("１－６号楼 各３单元６层每层２户", 216, "1-1-101", "6-3-602", "full width")
    yield line("一至六号楼 各三单元六层每层两户", 216, "1-1-101", "6-3-602", "in words")
    yield line("1#-6#楼 每栋3个单元，6层，每层2户", 216, "1-1-101", "6-3-602")
    yield line("1号楼 17层 每层4户 4层为3A 13层为12A 14层为12B", 17 * 4, "1-101", "1-1704", "floors with other names")
    yield line(
        "1-2号楼 2单元5层每层2户；3号楼 18层 每层6户", 2 * 2 * 5 * 2 + 18 * 6, "1-1-101", "3-1806", "two descriptions"
    )
    yield line("1-2号楼 2单元5层每层2户\n东街1-3排 每排7户", 40 + 21, "1-1-101", "东街3排7号", "two lines")
    yield line("东街 28户", 28, "东街1号", "东街28号")
    yield line("1-5组 每组20户", 100, "1组1号", "5组20号")
    yield line("东街、西街1-3排 每排7户", 42, "东街1排1号", "西街3排7号")
    yield line("东街1-9排 每排12户 没有4号", 99, "东街1排1号", "东街9排12号")
    yield line("5号楼 第2单元 6层 每层3户", 18, "5-2-101", "5-2-603", "one unit by its number")
    yield line("3号楼 3单元 6层 每层共6户", 36, "3-1-101", "3-3-602", "doors of a floor over all units")
    yield line("2号楼 2单元 6层 每层2户 连号", 24, "2-1-101", "2-2-604", "numbers run on through the units")
    for text, code, why in (
        ("", "empty", "nothing"),
        ("你好", "not_understood", "no building in it"),
        ("1-6号楼 各3单元6层", "no_doors", "doors of a floor not said"),
        ("1-6号楼 各3单元每层2户", "no_floors", "floors not said"),
        ("6-1号楼 3单元6层每层2户", "backwards", "the range runs backwards"),
        ("1-6号楼 各3单元6层每层2户 花园", "not_understood", "a word left over"),
        ("1-100号楼 各9单元33层每层9户", "too_many", "more than 20,000 doors"),
        ("1号楼 6层 每层2户；1号楼 6层 每层2户", "twice", "the same doors twice"),
        ("3号楼 2单元 6层 每层共5户", "uneven", "five doors over two units"),
        ("6层 每层2户", "no_building", "floors of no building"),
        ("东街1-9排", "no_doors", "yards of a row not said"),
    ):
        yield case("building_line", text, {"count": 0, "problem": code}, why)
