"""Doors as people write them."""

from collections.abc import Iterator

from cases import Case, case

NUMERALS = "〇一二三四五六七八九"


def counted(number: int) -> str:
    """A building's or unit's number below 100 as it is said."""
    if number < 10:
        return NUMERALS[number]
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else NUMERALS[tens]) + "十" + (NUMERALS[ones] if ones else "")


def spelled(number: int) -> str:
    return "".join(NUMERALS[int(digit)] for digit in str(number))


def wide(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if 0x21 <= ord(c) <= 0x7E else c for c in text)


def door_spellings(b: int, u: int, r: int) -> tuple[str, ...]:
    cb, cu, cr = counted(b), counted(u), spelled(r)
    return (
        f"{b}-{u}-{r}",
        f"{b}号楼{u}单元{r}",
        f"{b}号楼{u}单元{r}室",
        f"{cb}号楼{cu}单元{cr}室",
        f"{cb}号楼{cu}单元{cr}",
        f"{b}号楼{cu}单元{r}室",
        f"{b}#{u}-{r}",
        f"{b}栋{u}-{r}",
        f"{b}幢{u}-{r}",
        f"{b}栋{u}单元{r}",
        f"{b}幢{cu}单元{r}号",
        f"{b}楼{u}单{r}",
        f"{b}号{u}单元{r}",
        f"{b}#{u}单元{r}",
        wide(f"{b}-{u}-{r}"),
        f"{b}—{u}—{r}",
        f"{b}/{u}/{r}",
        f"{b}.{u}.{r}",
        f"{b} {u} {r}",
        f"{b}－{u}－{r}室",
        f"{b}号楼 {u}单元 {r}",
        f"{b} 号楼 {u} 单元 {r} 室",
        f"{b}号楼-{u}单元-{r}",
        f"{b}-{u}单元{r}",
        f"{b}号楼{u}-{r}",
        f"{b}#楼{u}单元{r}",
        f"第{cb}幢{cu}单元{r}",
        f"{b}號樓{u}單元{r}",
        f"{b}撞{u}单元{r}",
        f"{b}懂{u}单元{r}",
        f"{b}好楼{u}单元{r}",
        f"{b}号楼{u}单元{r}市",
        f"{b}一{u}一{r}",
        f"0{b}-0{u}-{r}",
        f"丽景小区{b}号楼{u}单元{r}",
        f"某市某区北街道长路15号某某小区{b}-{u}-{r}",
        f"二期{b}号楼{u}单元{r}",
        f"{b}号楼{u}门{r}",
    )


def doors() -> Iterator[Case]:
    for b, u, r in ((3, 2, 501), (12, 3, 1001), (1, 1, 101), (10, 2, 1802)):
        for written in dict.fromkeys(door_spellings(b, u, r)):
            yield case("door", {"text": written}, {"label": f"{b}-{u}-{r}"}, "methods: all forms of one door are equal")
    plain = (
        ("A座1203", "A-1203"),
        ("B-403", "B-403"),
        ("B403", "B-403"),
        ("b座403室", "B-403"),
        ("A#1002", "A-1002"),
        ("Ａ座１２０３", "A-1203"),
        ("C栋1203", "C-1203"),
        ("1号楼101室", "1-101"),
        ("6栋1101", "6-1101"),
        ("2#1404", "2-1404"),
        ("一号楼一二〇二室", "1-1202"),
        ("3号楼12A04", "3-12A04"),
        ("2楼1003", "2-1003"),
        ("B#1-101", "B-1-101"),
        ("A-2-301", "A-2-301"),
        ("B座二单元四〇一室", "B-2-401"),
        ("A座4单元101", "A-4-101"),
        ("12A-2-501", "12A-2-501"),
        ("A1-2-501", "A1-2-501"),
        ("3号楼2单元501东户", "3-2-501"),
        ("3号楼2单元5楼西户", "3-2-5层西户"),
        ("3号楼2单元五层东户", "3-2-5层东户"),
        ("3号楼中单元501", "3-中-501"),
        ("3号楼东单元501", "3-东-501"),
        ("东楼2单元301", "东楼-2-301"),
        ("东3号楼2单元501", "东3-2-501"),
        ("3号楼2单元负101", "3-2--101"),
        ("3-2--101", "3-2--101"),
        ("3号楼负三楼", "3--3层"),
        ("3号楼富三楼", "3--3层"),
        ("3号楼地下室", "3-地下室"),
        ("3号楼地下三层", "3--3层"),
        ("3号楼2单元地下室5号", "3-2-地下室5"),
        ("1号楼商铺3", "1-商铺3"),
        ("东街3排5号", "东街3排5号"),
        ("东街三排五号院", "东街3排5号"),
        ("东街3排5", "东街3排5号"),
        ("东街3-5", "东街3排5号"),
        ("石沟新村东街2排1号", "东街2排1号"),
        ("东街9号", "东街9号"),
        ("东街二十二号院", "东街22号"),
        ("3排2号", "3排2号"),
        ("平房3排2号", "平房3排2号"),
        ("后街1排4号院", "后街1排4号"),
        ("5组6号", "5组6号"),
        ("五组六号", "5组6号"),
        ("第5组6号", "5组6号"),
        ("五组6号院", "5组6号"),
        ("某某村5组6号", "5组6号"),
        ("5小组6号", "5组6号"),
        ("5社6号", "5社6号"),
        ("丽水二巷156号", "丽水二巷156号"),
        ("学院路43号二楼", "学院路43号二楼"),
        ("龙首北大街117号院内东房", "龙首北大街117号院内东房"),
        ("3-2-501/2", "3-2-501/2"),
        ("3号楼2单元501室/2", "3-2-501/2"),
        ("3-2-501/12", "3-2-501/12"),
        ("A座1203/2", "A-1203/2"),
        ("东街3排5号/2", "东街3排5号/2"),
        ("东街三排五号院/2", "东街3排5号/2"),
        ("东街9号/3", "东街9号/3"),
        ("学院路103号/2", "学院路103号/2"),
        ("3-2-5O1", "3-2-501"),
        ("3--2--501", "3-2-501"),
        ("3-25-01", "3-25-01"),
        ("3-2-0501", "3-2-501"),
        ("3号楼2单元5层501", "3-2-501"),
        ("3号楼2单元5层01", "3-2-501"),
        ("华东3号楼2单元501", "3-2-501"),
        ("长路15号某某小区4#2-402", "4-2-402"),
        ("长路15号1号楼2单元301室", "1-2-301"),
    )
    for written, label in plain:
        yield case("door", {"text": written}, {"label": label}, "methods 5")
    asked = (
        ("3-501", "building_or_unit", ["3-501"]),
        ("32-501", "building_or_unit", ["32-501"]),
        ("１－１０１", "building_or_unit", ["1-101"]),
        ("2-12B02", "building_or_unit", ["2-12B02"]),
        ("97-6", "short_room", ["97-6"]),
        ("3-2", "short_room", ["3-2"]),
        ("1-2-3", "short_room", ["1-2-3"]),
        ("2020-03-02", "date_shaped", ["3-2"]),
        ("2020/3/2", "date_shaped", ["3-2"]),
        ("3月2日", "date_shaped", ["3-2"]),
        ("2-Mar", "date_shaped", ["3-2"]),
        ("2020-03-02 00:00:00", "date_shaped", ["3-2"]),
        ("32501", "digits_only", ["3-2-501", "32-501"]),
        ("3-2-501、502", "several_doors", ["3-2-501", "3-2-502"]),
        ("3-2-501/502", "several_doors", ["3-2-501", "3-2-502"]),
        ("1号楼101、102室", "several_doors", ["1-101", "1-102"]),
        ("2楼201", "floor_or_building", ["2-201"]),
        ("3号楼2单元5层601", "floor_conflict", ["3-2-601", "3-2-501"]),
        ("西1排4", "lane_unnamed", ["西街1排4号", "西巷1排4号"]),
        ("后柳东街6号", "lane_or_street", ["东街6号", "后柳东街6号"]),
        ("3-2-5-01", "short_room", ["3-2-501"]),
    )
    for written, cause, readings in asked:
        yield case(
            "door",
            {"text": written},
            {"ambiguous": cause, "readings": readings},
            "an ambiguous one is asked, not guessed",
        )


def door_contexts() -> Iterator[Case]:
    """What is known of a compound, parts in columns, floors and order."""
    no_units = {"has_units": False}
    units = {"has_units": True}
    lanes = {"buildings": ["东街1排", "东巷2排", "西街1排", "西巷2排"]}
    tower = {"units": {"3": [], "4": ["1", "2"], "5": ["1"]}}
    shaped = (
        ("3-501", no_units, {"label": "3-501"}),
        ("1-101", no_units, {"label": "1-101"}),
        ("32-501", no_units, {"label": "32-501"}),
        ("2-12B02", no_units, {"label": "2-12B02"}),
        ("1号楼101室", no_units, {"label": "1-101"}),
        ("3-501", units, {"ambiguous": "building_or_unit"}),
        ("1号楼101室", units, {"missing": ["unit"]}),
        ("3号楼2501", units, {"ambiguous": "unit_in_room", "readings": ["3-2-501"]}),
        ("3号楼2501", no_units, {"label": "3-2501"}),
        ("西1排4", lanes, {"label": "西街1排4号"}),
        ("东2排3", lanes, {"label": "东巷2排3号"}),
        ("1排3号", lanes, {"ambiguous": "lane_unnamed", "readings": ["东街1排3号", "西街1排3号"]}),
        ("3-501", tower, {"label": "3-501"}),
        ("3号楼501", tower, {"label": "3-501"}),
        ("4号楼501", tower, {"missing": ["unit"]}),
        ("5号楼501", tower, {"label": "5-1-501"}),
        ("402", {"has_units": False, "buildings": ["1"]}, {"label": "1-402"}),
        ("2单元301", {"has_units": True, "buildings": ["1"]}, {"label": "1-2-301"}),
        ("2-301", {"has_units": True, "buildings": ["1"]}, {"label": "1-2-301"}),
        ("后柳东街6号", {"buildings": ["东街"]}, {"label": "东街6号"}),
    )
    for written, shape, expect in shaped:
        yield case("door", {"text": written, "shape": shape}, expect, "what is known of the compound decides")
    for written, missing in (
        ("A座", ["unit", "room"]),
        ("3号楼", ["unit", "room"]),
        ("3号楼2单元", ["room"]),
        ("2单元301", ["building"]),
        ("402", ["building", "unit"]),
        ("丽景花园402", ["building", "unit"]),
        ("1203室", ["building", "unit"]),
        ("501/2", ["building", "unit"]),
    ):
        yield case("door", {"text": written}, {"missing": missing}, "what is said is kept, what is missing is named")
    for written, reason in (
        ("", "empty"),
        ("   ", "empty"),
        ("不告诉你", "unrecognised"),
        ("13912345678", "unrecognised"),
        ("合计", "unrecognised"),
        ("备用", "unrecognised"),
        ("王建国", "unrecognised"),
    ):
        yield case("door", {"text": written}, {"no_door": reason}, "no door in it")
    for one, other in (
        ("3-2-501", "32-501"),
        ("3-2-501", "3-25-01"),
        ("32-501", "3-25-01"),
        ("3-2-501", "3-2-502"),
        ("3-2-501", "2-3-501"),
        ("1-101", "1-1-101"),
        ("东街3排5号", "西街3排5号"),
        ("5组6号", "6组5号"),
        ("A-403", "B-403"),
        ("东3号楼2单元501", "3号楼2单元501"),
        ("3-2-501", "3-2-501/2"),
        ("东街3排5号", "东街3排5号/2"),
    ):
        yield case("door_unequal", [one, other], False, "never equal")
    for columns, label in (
        ({"building": "1号楼", "unit": "2单元", "room": "501"}, "1-2-501"),
        ({"building": 1.0, "unit": 2.0, "room": 501.0}, "1-2-501"),
        ({"building": "1#", "unit": "2", "room": "501室"}, "1-2-501"),
        ({"building": "A", "unit": "", "room": "1203"}, "A-1203"),
        ({"building": "A座", "room": "1203"}, "A-1203"),
        ({"building": "东巷", "unit": "1排", "room": "9号院"}, "东巷1排9号"),
        ({"building": "东街", "unit": "", "room": "22"}, "东街22号"),
        ({"building": "1-2", "room": "501"}, "1-2-501"),
        ({"building": "2020-01-02", "room": "501"}, "1-2-501"),
        ({"building": "1号楼", "room": "2-501"}, "1-2-501"),
        ({"building": "1号楼", "unit": "1", "room": "1-1-101"}, "1-1-101"),
        ({"building": "学院路43号二楼", "unit": "", "room": ""}, "学院路43号二楼"),
        ({"building": "二号楼", "unit": "三单元", "room": "五〇一"}, "2-3-501"),
        ({"building": "", "unit": "", "room": "3-2-501"}, "3-2-501"),
        ({"building": "2", "unit": "", "room": "12A04"}, "2-12A04"),
    ):
        yield case("door_columns", columns, {"label": label}, "parts in columns, as cells hold them")
    for room, floor in (
        ("501", 5),
        ("1203", 12),
        ("101", 1),
        ("-101", -1),
        ("01", None),
        ("5", None),
        ("3A02", 4),
        ("12A01", 13),
        ("12B01", 14),
        ("5层东户", 5),
        ("-3层", -3),
        ("地下室", -1),
        ("5号", None),
        ("501/2", 5),
        ("2602", 26),
        ("501/12", 5),
    ):
        yield case("floor", room, floor, "the floor a room number carries")
    walk = [
        "1-1-101",
        "1-1-101/2",
        "1-1-102",
        "1-1-201",
        "1-1-1001",
        "1-2-101",
        "2-1-101",
        "10-1-101",
        "A-101",
        "东街1排2号",
        "东街1排10号",
        "东街2排1号",
    ]
    yield case("walking_order", walk, walk, "numbers by value, floors upwards")
