"""Resident numbers (GB 11643), permits and passports; business codes (GB 32100, GB 11714)."""

from collections.abc import Iterator

from cases import Case, case

RESIDENT_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def resident_check(body: str) -> str:
    """GB 11643 table: weighted sum modulo 11 picks a character of 10X98765432."""
    return "10X98765432"[sum(int(d) * w for d, w in zip(body, RESIDENT_WEIGHTS, strict=True)) % 11]


def whole(body: str) -> str:
    return body + resident_check(body)


def residents() -> Iterator[Case]:
    published = (
        ("11010519491231002X", "resident", "1949-12-31", "female", "110105", "sample of GB 11643"),
        ("440524188001010014", "resident", "1880-01-01", "male", "440524", "sample of GB 11643, a centenarian"),
        ("360426199101010071", "resident", "1991-01-01", "male", "360426", "sample of python-stdnum"),
        ("810000199408230021", "hong_kong_residence", "1994-08-23", "female", "810000", "published permit sample"),
        ("932682198501010017", "foreign_residence", "1985-01-01", "male", "682", "official sample, card of 2023"),
        ("911124198108030024", "foreign_residence", "1981-08-03", "female", "124", "official sample, card of 2023"),
    )
    for number, kind, birth, sex, origin, why in published:
        expect = {"kind": kind, "canonical": number, "birth": birth, "sex": sex, "origin": origin, "problems": []}
        yield case("resident_id", number, expect, why)
    yield case(
        "resident_id",
        "150102880730303",
        {
            "kind": "resident_15",
            "canonical": "150102198807303035",
            "birth": "1988-07-30",
            "sex": "male",
            "problems": [],
        },
        "published conversion of a 15-digit number",
    )
    for old in ("142302480101001", "141102991231222", "110105640229003"):
        number = whole(f"{old[:6]}19{old[6:]}")
        yield case(
            "resident_id",
            old,
            {"kind": "resident_15", "canonical": number, "problems": []},
            "GB 11643 annex: 19 and a check character are added",
        )
    yield case(
        "resident_id", "110105630229003", {"kind": "resident_15", "problems": ["birth_date"]}, "1963 was no leap year"
    )
    bodies = (
        "14110219900101001",
        "14230219620331202",
        "14112619771130999",
        "11010120000229004",
        "65010319451008111",
        "44030119991231888",
        "14112420031015667",
        "37010220190901012",
        "51010819550505505",
        "21020319681224332",
        "82000019880312003",
        "83000019750607008",
        "81000020010203016",
    )
    kinds = {"81": "hong_kong_residence", "82": "macao_residence", "83": "taiwan_residence"}
    for body in bodies:
        number = whole(body)
        kind = kinds.get(body[:2], "resident") if body[2:6] == "0000" else "resident"
        birth = f"{body[6:10]}-{body[10:12]}-{body[12:14]}"
        sex = "male" if int(body[16]) % 2 else "female"
        yield case(
            "resident_id",
            number,
            {"kind": kind, "canonical": number, "birth": birth, "sex": sex, "problems": []},
            "MOD 11-2",
        )
        wrong = "0" if number[17] != "0" else "1"
        yield case(
            "resident_id",
            body + wrong,
            {"canonical": body + wrong, "birth": birth, "problems": ["check_digit"]},
            "wrong check character, number kept",
        )
        yield case(
            "resident_id",
            f" {number[:6]} {number[6:14]} {number[14:]} ",
            {"canonical": number, "problems": []},
            "typed in groups",
        )
        swapped = body[:14] + body[15] + body[14] + body[16]
        if swapped != body:
            yield case("resident_id", swapped + number[17], {"problems": ["check_digit"]}, "two neighbours exchanged")
    x_number = "11010519491231002X"
    for written in (
        "11010519491231002x",
        "'11010519491231002X",
        "１１０１０５１９４９１２３１００２Ｘ",
        "11010519491231002×",
        "110105-19491231-002X",
        "11010519491231002*",
        "身份证11010519491231002X",
    ):
        yield case("resident_id", written, {"canonical": x_number, "problems": []}, "the same number as people type it")
    for body in (
        "14110219900230001",
        "14110219901301001",
        "14110219900100001",
        "14110219000229004",
        "14110200000101001",
    ):
        yield case("resident_id", whole(body), {"problems": ["birth_date"]}, "check character right, date impossible")
    yield case(
        "resident_id",
        whole("99999919900101001"),
        {"kind": "foreign_residence", "problems": []},
        "a leading 9 is a foreigner's card; no table refuses it",
    )
    yield case(
        "resident_id",
        whole("17000019900101001"),
        {"kind": "resident", "problems": [], "warnings": ["division_unknown"]},
        "an unknown county is a warning, never a problem",
    )
    yield case(
        "resident_id",
        whole("14230219700101001"),
        {"problems": [], "warnings": []},
        "an abolished county code stays right",
    )
    yield case(
        "resident_id",
        {"value": whole("14110220300101001"), "today": "2020-02-12"},
        {"problems": [], "warnings": ["birth_future"]},
        "born after today",
    )


def damaged() -> Iterator[Case]:
    """Numbers that lost something, other documents, and cells without one."""
    for cut, why in ((17, "a digit dropped"), (16, "two digits dropped")):
        yield case("resident_id", whole("14110219900101001")[:cut], {"kind": "unknown", "problems": ["length"]}, why)
    yield case(
        "resident_id", whole("14110219900101001") + "1", {"kind": "unknown", "problems": ["length"]}, "a digit too many"
    )
    yield case(
        "resident_id",
        "1411021990010100A7",
        {"kind": "unknown", "problems": ["character"]},
        "a letter where the order stands",
    )
    yield case(
        "resident_id", "14110219900101001A", {"problems": ["character"]}, "a check character the standard has not"
    )
    lost = (
        (1.41102199001011e17, "141102199001011", "1990-01-01"),
        ("1.41102E+17", "141102", None),
        ("1.41102199001011E+17", "141102199001011", "1990-01-01"),
        ("141102199001011000", "141102199001011", "1990-01-01"),
        ("1.4110219900101e+17", "14110219900101", "1990-01-01"),
    )
    for written, known, birth in lost:
        yield case(
            "resident_id",
            written,
            {"kind": "precision_lost", "canonical": "", "known": known, "birth": birth, "problems": ["precision_lost"]},
            "a spreadsheet keeps 15 digits",
        )
    free = (
        ("E12345678", "passport"),
        ("EA1234567", "passport"),
        ("G12345678", "passport"),
        ("D12345678", "passport"),
        ("e12345678", "passport"),
        ("H12345678", "hong_kong_macao_permit"),
        ("M12345678", "hong_kong_macao_permit"),
        ("H1234567801", "hong_kong_macao_permit"),
        ("12345678", "taiwan_permit"),
        ("CAN110181060101", "foreign_residence_old"),
        ("USA310190010112", "foreign_residence_old"),
        ("A123456(3)", "hong_kong_card"),
        ("AB1234567", "passport"),
    )
    for written, kind in free:
        yield case(
            "resident_id",
            written,
            {"kind": kind, "canonical": written.upper(), "problems": []},
            "recognised by its form",
        )
    for written in ("", "无", "-", "/", "不详", None):
        yield case(
            "resident_id", written, {"kind": "none", "canonical": "", "problems": ["empty"]}, "says that there is none"
        )
    for written in ("张三", "abc", "身份证丢了"):
        yield case("resident_id", written, {"kind": "unknown", "problems": ["unknown"]}, "no number")


USCC_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def uscc_check(body: str) -> str:
    total = sum(USCC_LETTERS.index(c) * pow(3, i, 31) for i, c in enumerate(body))
    return USCC_LETTERS[(31 - total % 31) % 31]


def organisation_check(body: str) -> str:
    values = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    rest = 11 - sum(values.index(c) * w for c, w in zip(body, ORGANISATION_WEIGHTS, strict=True)) % 11
    return "X" if rest == 10 else "0" if rest == 11 else str(rest)


def businesses() -> Iterator[Case]:
    sample = "91110000600037341L"
    yield case(
        "business_code",
        sample,
        {"canonical": sample, "division": "110000", "problems": [], "warnings": []},
        "published sample",
    )
    for head, organisation in (
        ("92141102", "MA0K1234"),
        ("91141102", "MA0JX7T2"),
        ("12141126", "40750012"),
        ("52140000", "MJ123456"),
        ("93141126", "MA0HWPQ9"),
    ):
        body = head + organisation + organisation_check(organisation)
        code = body + uscc_check(body)
        yield case(
            "business_code",
            code,
            {"canonical": code, "division": head[2:], "problems": [], "warnings": []},
            "weights 3^i mod 31",
        )
        yield case("business_code", code.lower(), {"canonical": code, "problems": []}, "lower case")
        yield case(
            "business_code", f"{code[:4]} {code[4:10]}-{code[10:]}", {"canonical": code, "problems": []}, "separated"
        )
        wrong = USCC_LETTERS[(USCC_LETTERS.index(code[17]) + 1) % 31]
        yield case(
            "business_code",
            code[:17] + wrong,
            {"canonical": code[:17] + wrong, "problems": ["check_digit"]},
            "wrong check character",
        )
        yield case("business_code", code[:17], {"problems": ["length"]}, "a character short")
    yield case(
        "business_code",
        "9111000O600037341L",
        {"problems": ["character"], "proposals": [sample]},
        "O for 0: proposed, not taken",
    )
    yield case(
        "business_code",
        "9III0000600037341L",
        {"problems": ["character"], "proposals": [sample]},
        "I for 1: proposed, not taken",
    )
    yield case(
        "business_code",
        "141102600012345",
        {"canonical": "141102600012345", "problems": [], "warnings": ["legacy_registration"]},
        "registration number from before 2015",
    )
    yield case("business_code", "", {"problems": ["empty"]}, "nothing")
