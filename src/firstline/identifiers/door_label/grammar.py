"""The shapes in which people write doors, as patterns over tidied text.

Every pattern names its parts: b building, bm the word after it, u unit, r room and what
decorates it. Order of trial and what a match means stand in `read.py`.
"""

import re

from firstline.identifiers.numerals import NUMERALS

CN = f"[{NUMERALS}]"
# A letter glued to a number may be a building's (B2) or a quarter's; ours is the building's.
_BLOCK = (
    r"(?:(?<![0-9A-Z])[A-Z]{1,2}\d{1,3}|(?<![0-9A-Z])[A-Z](?![A-Z])"
    rf"|(?<![0-9A-Z])\d{{1,3}}[A-Z]?(?![A-Z])|(?<!{CN}){CN}{{1,4}})"
)
# 东1号楼 is another building than 1号楼, but 华东1号楼 is number one of 华东.
_EDGE = r"(?:^|(?<=[ ,，.。:：;；、)）号区园苑城村片庄沟窑坡坪口湾寨堡屯营社院里楼期厂]))"
B = (
    rf"(?:{_EDGE}(?P<bp>[东西南北中甲乙丙丁]))?第?(?P<b>{_BLOCK})"
    rf"|{_EDGE}(?P<bn>[东西南北中前后主副配甲乙丙丁新老旧]楼)"
)
B = f"(?:{B})"
MARK = r"(?P<bm>号楼|号栋|号幢|号座|#楼?|栋楼?|幢楼?|座楼?|楼)"
LOOSE_MARK = r"(?P<bm>号楼|号栋|号幢|号座|#楼?|栋楼?|幢楼?|座楼?|楼|号|[-,/.])?"
U = rf"(?P<u>(?<!\d)\d{{1,2}}|[A-Z]|(?<!{CN}){CN}{{1,3}}|[东西南北中左右甲乙丙丁])"
UNIT = r"(?:单元|单|门(?![面市卫牌]))"
GAP = r"[ ,]*"
SEP = r" ?[-/._#\\] ?|-- ?"

_FLOOR = rf"(?P<f>(?:负|地下|-)?(?:\d{{1,2}}|{CN}{{1,3}}))(?:层|楼)"
_CORE = (
    r"(?P<r>-?\d{1,2}[A-Z]\d{1,2}|-?\d{1,5}[A-Z]?(?![A-Z])"
    rf"|{CN}{{2,5}}(?!{CN})|[A-Z]\d{{2,4}})"
)
_BELOW = rf"(?P<neg>负|地下)(?=\d{{2,4}}|{CN}{{3}})"
_AFTER_ROOM = r"(?P<rm> ?(?:号房间?|号室|号户|号|室|户|房间?))?(?:/(?P<n>\d{1,2})(?!\d))?"
_SIDE = (
    r"(?P<side>[东西南北中左右](?:边|间|侧|面)?(?:户|门|室|手|屋|房)"
    r"|[东西南北中左右](?=$|[ ,，;；(（]))"
)
_END = r"(?![0-9A-Z]|[层楼栋幢座排组期月年日]|单元)"
_CELLAR = rf"(?P<cellar>地下室)(?:(?P<cn>\d{{1,3}}|{CN}{{1,3}})号?)?"
_SHOP = rf"(?P<shop>商铺|底商|门面房?|门市房?|车库|储藏室)(?:(?P<sn>\d{{1,3}}|{CN}{{1,3}})号?)?"
_NUMBERED = rf"(?:{_FLOOR}{GAP}-?)?(?:{_BELOW})?{_CORE}{_AFTER_ROOM}(?:{GAP}{_SIDE})?{_END}"
_FLOOR_AND_SIDE = rf"{_FLOOR}{GAP}{_SIDE}"


def _renamed(pattern: str, suffix: str) -> str:
    return re.sub(r"\(\?P<(\w+)>", rf"(?P<\g<1>{suffix}>", pattern)


# Group names must differ within one pattern; `part()` in read.py looks them up together.
ROOM = "(?:" + "|".join(
    _renamed(pattern, str(index))
    for index, pattern in enumerate((_NUMBERED, _FLOOR_AND_SIDE, _FLOOR, _CELLAR, _SHOP, _SIDE))
) + ")"  # fmt: skip
NUMBERED = _renamed(_NUMBERED, "0")


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


# What needs no second look: 3-2-501, 3号楼2单元501室. Every part is said and stands for itself.
QUICK = _compile(
    r"^(?P<b>[1-9]\d?|[A-Z])(?:-(?P<u>[1-9])-|(?:号楼|栋|幢|座)(?P<u2>[1-9])单元)(?P<r>[1-9]\d?(?!00)\d\d)室?$"
)
UNIT_SAID = _compile(rf"{B} ?{LOOSE_MARK}{GAP}-?{U} ?{UNIT}{GAP}-?(?:{ROOM})?")
UNIT_ALONE = _compile(rf"(?<![0-9A-Z]){U} ?{UNIT}{GAP}-?(?:{ROOM})?")
MARK_UNIT_ROOM = _compile(rf"{B} ?(?:{MARK}|(?P<bm2>号)){GAP}-?{U}(?:{SEP}){NUMBERED}")
PLAIN = _compile(rf"{B}(?:{SEP}| ){U}(?:{SEP}| ){NUMBERED}")
PADDED = _compile(r"^(?P<b>\d{2})(?P<u>0[1-9]|1[0-2])-(?P<r>\d{4})$")
FOUR = _compile(rf"(?P<b>{_BLOCK})-(?P<u>\d{{1,2}})-(?P<f>\d{{1,2}})-(?P<r>\d{{1,2}}){_END}")
MARK_ROOM = _compile(rf"{B} ?(?:{MARK}|(?P<bm2>号)){GAP}-?(?:{ROOM})")
_LETTERS = r"(?<![0-9A-Z])(?:[A-Z]{1,2}\d{1,3}(?= ?-)|[A-Z])"
LETTER_ROOM = _compile(
    rf"(?:{_EDGE}(?P<bp>[东西南北中甲乙丙丁]))?(?P<b>{_LETTERS}) ?-? ?(?:(?<=[- ])|(?=\d{{3}})){NUMBERED}"
)
NAMED_ROOM = _compile(rf"{_EDGE}(?P<bn>[东西南北中前后主副配甲乙丙丁新老旧]楼){GAP}-?{NUMBERED}")
TWO = _compile(rf"(?<![0-9A-Z-])(?:{_EDGE}(?P<bp>[东西南北中甲乙丙丁]))?(?P<b>\d{{1,3}}[A-Z]?)(?:{SEP}){NUMBERED}")
TWO_SPACED = _compile(rf"^(?P<b>\d{{1,3}}[A-Z]?) {NUMBERED}$")
MARK_ONLY = _compile(rf"{B} ?(?P<bm>号楼|号栋|号幢|号座|#楼?|栋楼?|幢楼?|座楼?)(?!{CN}|[0-9A-Z])")
SUFFIX_ROOM = _compile(rf"(?:^|(?<![0-9A-Z第#-]))(?P<r>\d{{3,4}}|\d{{1,2}}[A-Z]\d{{2}}|{CN}{{3,4}})室?$")
BARE = _compile(rf"^{NUMBERED}$")
# 501/2 is the second dwelling of room 501, not room 2 of a building 501.
SECOND = _compile(r"^\d{3,4}/\d{1,2}$")

# Labels of ours whose room is no number: 3-2-地下室5, 3-商铺3, 3-2-5层西户, 3--3层.
ODD_LABEL = _compile(r"^.{1,8}-(?:(?:地下室|商铺|车库|储藏室)\d*|-?\d{1,3}层(?:[东西南北中左右]户)?)$")
LABEL_BLOCK = _compile(r"^(?:[东西南北中甲乙丙丁]?(?:[A-Z]{0,2}\d{1,3}[A-Z]?|[A-Z])|.楼)$")

_ROW = rf"(?P<row>\d{{1,3}}|{CN}{{1,3}})"
_YARD = (
    rf"(?P<yard>\d{{1,3}}(?:-\d{{1,2}}(?=号))?|{CN}{{1,3}}(?!{CN}))"
    r"(?![0-9A-Z楼层栋幢座#排单]| ?-\d)"
    r" ?(?P<ym>号院|号(?!楼)|院|户)?内?"
    r"(?P<part>[东西南北中前后上下](?:户|房|屋|门|边户)|[1-9一二三四五六][楼层]|楼[上下])?"
    r"(?:/(?P<yn>\d{1,2})(?!\d))?"
)
_LANE_NAME = rf"(?:[东西南北中前后上下](?:{CN}{{1,2}}|\d)?(?:街|巷|胡同|弄|院)|平房)"
ROWED = _compile(
    rf"(?:(?P<lane>{_LANE_NAME})|(?P<named>(?:^|(?<= ))[^\W\d_]{{1,6}}(?:街|巷|胡同|路|弄))"
    rf"|{_EDGE}(?P<dir>[东西南北中前后]))? ?第?{_ROW}排 ?第?{_YARD}"
)
GROUP = _compile(
    rf"第?(?<![0-9])(?P<row>\d{{1,3}}|{CN}{{1,3}})"
    rf"(?P<kind>村民小组|小组|组|社|队)(?!区) ?第?{_YARD}"
)
LANE_DASH = _compile(rf"(?P<lane>{_LANE_NAME}) ?{_ROW} ?- ?{_YARD}")
LANE = _compile(
    rf"(?:(?P<lane>{_LANE_NAME})"
    rf"|{_EDGE}(?P<lane2>(?:{CN}{{1,2}}|\d{{1,2}})(?:巷|街|胡同|弄))) ?{_YARD}"
)
STREET = _compile(
    r"(?P<street>[^\W\d_]{1,10}?(?:大街|大道|街|路|巷|胡同|道|弄|里))"
    rf" ?(?P<no>\d{{1,4}}(?:-\d{{1,3}})?|{CN}{{1,4}}) ?号?"
    r"(?P<tail>(?: |-|之|附|号|院内?|小院|大院|内|门面房?|门脸房?|商铺|平房|楼上|楼下|二层"
    rf"|(?:\d{{1,2}}|{CN}{{1,2}})[楼层]|[东西南北中前后](?:房|屋|院|户|楼)|\d{{1,4}}室?)*(?:/\d{{1,2}})?)$"
)
SECTION = re.compile(
    rf"(?P<s>第?(?:\d{{1,2}}|{CN}{{1,3}})(?:期|区|组团)|[A-Z](?:区|组团)"
    r"|(?<![小社片街院市])[东西南北中]区|[东西南北]院)[ ,，-]*$"
)
MORE_ROOMS = re.compile(r"^ ?[、,，/和及&+] ?(?P<r>\d{3,4})(?=室|号|[^0-9A-Z]|$)")
DATE = re.compile(
    r"^(?:(?P<y>\d{4})[-/.年])(?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})日?(?: 0?0:00(?::00)?)?$"
    r"|^(?P<m2>\d{1,2})月(?P<d2>\d{1,2})[日号]?$"
    r"|^(?P<mon>JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)-(?P<d3>\d{1,2})$"
    r"|^(?P<d4>\d{1,2})-(?P<mon2>JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)$"
)
_ADMIN = re.compile(
    r"^(?:[^\W\d_]{2,8}?(?:省|自治区))? ?(?:[^\W\d_]{2,6}?(?:市|地区|自治州|盟)(?!场))? ?"
    r"(?:[^\W\d_]{1,6}?(?<![小社片街院园厂校东西南北])(?:区|县|旗|市)(?!场))? ?"
    r"(?:[^\W\d_]{1,8}?(?:街道(?:办事?处)?|[镇乡](?![路街巷])))? ?"
    r"(?:[^\W\d_]{1,8}?(?:社区|居委会))? ?"
)


def without_division(text: str) -> str:
    """An address without province, city, county, township and community in front of it."""
    match = _ADMIN.match(text)
    return text[match.end() :] if match else text
