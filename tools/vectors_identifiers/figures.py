"""Phones, division codes (GB/T 2260, GB/T 10114) and plates (GA 36-2018)."""

from collections.abc import Iterator

from cases import Case, case


def numbers(given: object, expect: list[str], why: str, **more: object) -> Case:
    return case("phone", given, {"numbers": expect, **more}, why)


def phones() -> Iterator[Case]:
    for prefix in ("130", "139", "145", "150", "159", "166", "173", "178", "180", "189", "191", "198", "199"):
        yield numbers(
            f"{prefix}12345678", [f"{prefix}12345678"], "1[3-9] and nine digits", kinds=["mobile"], problems=[[]]
        )
    for prefix in ("170", "171", "162", "165", "167"):
        yield numbers(
            f"{prefix}12345678",
            [f"{prefix}12345678"],
            "a virtual operator is a warning",
            problems=[[]],
            warnings=[["virtual_operator"]],
        )
    same = (
        "13912345678",
        " 13912345678 ",
        "139 1234 5678",
        "139-1234-5678",
        "1391 234 5678",
        "+8613912345678",
        "+86 139 1234 5678",
        "86 13912345678",
        "008613912345678",
        "0086-13912345678",
        "１３９１２３４５６７８",
        "13912345678.0",
        "'13912345678",
        "电话13912345678",
        "手机:139 1234 5678",
        "1.3912345678E10",
        13912345678,
        13912345678.0,
    )
    for written in same:
        yield numbers(written, ["13912345678"], "one mobile as people and spreadsheets write it")
    two = (
        "13912345678 13812345678",
        "13912345678/13812345678",
        "13912345678、13812345678",
        "13912345678,13812345678",
        "13912345678\n13812345678",
        "13912345678；13812345678",
        "139 1234 5678 138 1234 5678",
        "1391234567813812345678",
        "13912345678（13812345678）",
    )
    for written in two:
        yield numbers(written, ["13912345678", "13812345678"], "two phones in a cell")
    landlines = (
        ("0358-5661755", "03585661755", ""),
        ("(0358)5661755", "03585661755", ""),
        ("（0358）5661755", "03585661755", ""),
        ("0358 5661755", "03585661755", ""),
        ("03585661755", "03585661755", ""),
        ("010-62345678", "01062345678", ""),
        ("0358-5661755-802", "03585661755", "802"),
        ("0358-5661755转802", "03585661755", "802"),
        ("+86-358-5661755", "03585661755", ""),
        ("021 6234 5678", "02162345678", ""),
    )
    for written, digits, extension in landlines:
        yield numbers(written, [digits], "area code and number", kinds=["landline"], extensions=[extension])


def phone_troubles() -> Iterator[Case]:
    """Numbers that lack something, words for none, words beside a number."""
    yield numbers("5661755", ["5661755"], "local number", kinds=["landline"], warnings=[["no_area_code"]])
    yield case(
        "phone", {"value": "5661755", "area_code": "0358"}, {"numbers": ["03585661755"]}, "local number completed"
    )
    yield numbers("5661755/13912345678", ["5661755", "13912345678"], "landline and mobile", first="5661755")
    for written in ("无", "没有", "-", "/", "不详", "无电话", "——", "空号"):
        yield numbers(written, [], "words for none", says_none=True)
    for empty in ("", None, "  "):
        yield numbers(empty, [], "blank says nothing", says_none=False)
    yield numbers("妻子 13912345678", ["13912345678"], "words beside it are kept", rest="妻子")
    yield numbers("王建国13912345678", ["13912345678"], "words beside it are kept", rest="王建国")
    for bad, why in (
        ("1391234567", "a digit short"),
        ("139123456789", "a digit too many"),
        ("138471979769", "a digit too many"),
    ):
        yield numbers(bad, [bad], why, problems=[["length"]], kinds=["unknown"])
    yield numbers("12012345678", ["12012345678"], "no mobile begins 120", problems=[["prefix"]])
    yield numbers("1.39123E+10", [""], "shown by a spreadsheet, digits gone", problems=[["precision_lost"]])
    yield numbers(
        "1391234567 13812345678",
        ["1391234567", "13812345678"],
        "the sound one is the first to call",
        first="13812345678",
    )
    yield numbers("+852 9123 4567", ["85291234567"], "Hong Kong", kinds=["international"])
    for service in ("110", "120", "12345", "10086", "4008208820", "95588"):
        yield numbers(service, [service], "service number", kinds=["service"])


def divisions() -> Iterator[Case]:
    tree = (
        ("14", "province", []),
        ("1411", "prefecture", ["14"]),
        ("141102", "county", ["14", "1411"]),
        ("141102003", "township", ["14", "1411", "141102"]),
        ("141102003005", "community", ["14", "1411", "141102", "141102003"]),
        ("141126", "county", ["14", "1411"]),
        ("141126204", "township", ["14", "1411", "141126"]),
        ("429004", "county", ["42", "4290"]),
    )
    for code, level, parents in tree:
        expect = {"code": code, "level": level, "parents": parents, "padded": (code + "0" * 12)[:12], "problems": []}
        yield case("division", code, expect, "GB/T 2260 and GB/T 10114")
        yield case("division", (code + "0" * 12)[:12], expect, "padded with zeros")
    for digits, kind in (
        ("001", "subdistrict"),
        ("003", "subdistrict"),
        ("099", "subdistrict"),
        ("100", "town"),
        ("104", "town"),
        ("199", "town"),
        ("200", "township"),
        ("204", "township"),
        ("399", "township"),
        ("400", "other"),
        ("500", "other"),
        ("599", "other"),
    ):
        yield case(
            "division",
            "141126" + digits,
            {"level": "township", "township_kind": kind, "problems": []},
            "GB/T 10114: the kind by its number",
        )
    for code, problem, why in (
        ("", "empty", "nothing"),
        ("1411O2", "character", "the letter O"),
        ("14110", "length", "five digits"),
        ("1411020030", "length", "ten digits"),
        ("141102000005", "hole", "a village without a township"),
        ("140002003", "hole", "a county without a prefecture"),
    ):
        yield case("division", code, {"problems": [problem]}, why)
    yield case(
        "division",
        "441900003",
        {"level": "township", "parents": ["44", "4419"], "problems": []},
        "Dongguan has townships and no counties",
    )
    yield case(
        "division", "990102", {"problems": [], "warnings": ["province_unknown"]}, "an unknown province is a warning"
    )


def plates() -> Iterator[Case]:
    good = (
        ("晋J12345", "ordinary"),
        ("晋J1234A", "ordinary"),
        ("晋JA1234", "ordinary"),
        ("京A1B2C3", "ordinary"),
        ("陕K88888", "ordinary"),
        ("晋J1A23B", "ordinary"),
        ("晋JD12345", "new_energy_small"),
        ("晋JDA1234", "new_energy_small"),
        ("晋JF12345", "new_energy_small"),
        ("晋JA12345", "new_energy_small"),
        ("晋J12345D", "new_energy_large"),
        ("晋J12345F", "new_energy_large"),
        ("晋J1234挂", "trailer"),
        ("晋J1234学", "training"),
        ("晋J1234警", "police"),
        ("粤Z1234港", "hong_kong"),
        ("粤Z1234澳", "macao"),
        ("使014578", "embassy"),
        ("沪A0023领", "consulate"),
        ("晋AX123应急", "emergency"),
        ("WJ晋1234X", "armed_police"),
        ("WJ晋12345", "armed_police"),
        ("VA12345", "military"),
        ("KB01234", "military"),
        ("晋J临12345", "temporary"),
    )
    for plate, kind in good:
        yield case("plate", plate, {"kind": kind, "canonical": plate, "problems": []}, "GA 36-2018 and military plates")
    electric = (
        ("晋JD12345", True),
        ("晋JA12345", True),
        ("晋JE12345", True),
        ("晋JF12345", False),
        ("晋JK12345", False),
        ("晋J12345B", True),
        ("晋J12345H", False),
        ("晋J12345", None),
    )
    for plate, pure in electric:
        yield case("plate", plate, {"electric": pure}, "A to E are pure electric")
    for written in ("晋J·12345", "晋J•12345", "晋j12345", "晋J 12345", "晋J-12345", "晋Ｊ１２３４５", " 晋J.12345 "):
        yield case("plate", written, {"kind": "ordinary", "canonical": "晋J12345"}, "separators, case and width")
    repairs = (("晋JO2345", "晋J02345"), ("晋J1I345", "晋J11345"), ("J12345", "晋J12345"), ("J1234A", "晋J1234A"))
    for written, meant in repairs:
        yield case(
            "plate",
            {"value": written, "province": "晋"},
            {"kind": "unknown", "canonical": written, "problems": ["unknown"], "proposes": meant},
            "a repair is proposed, never made",
        )
    for written in ("ABC", "晋J123", "摩托车牌12", "甲A12345", "晋J123456789"):
        yield case("plate", written, {"kind": "unknown", "problems": ["unknown"]}, "accepted as text with a flag")
    for written in ("", "无", "无牌", "-", "摩托", "三轮车", "步行"):
        yield case("plate", written, {"kind": "none", "problems": ["empty"]}, "no plate")
