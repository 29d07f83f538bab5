"""Which column says what, and what a sheet is a list of: by headings and titles, never by a file's own order."""

import re
from collections.abc import Mapping, Sequence

from firstline.identifiers.width import halve
from firstline.workforce.lists.reading.model import Field, Kind, Level

SEARCHED_ROWS = 20
_BRACKETS = re.compile(r"[(\[【][^)\]】]*[)\]】]?")
# In this order: 负责人电话 is a phone, 检查点位置 a place, 村支部成员 a team.
_HEADINGS: tuple[tuple[Field, re.Pattern[str]], ...] = tuple(
    (field, re.compile(pattern))
    for field, pattern in (
        (Field.NUMBER, r"^(?:序号?|编号|No\.?|NO\.?|#)$"),
        (Field.PHONE, r"电话|手机|联系方式|号码|联络方式"),
        (Field.PARTY, r"党员|政治面貌"),
        (Field.PROVINCIAL, r"省道|国道"),
        (
            Field.SINCE,
            r"(?:设立|设置|设点|启用|到村|到任|任职|任命|驻村|选派|派驻|上任|成立|开始)(?:时间|日期)|何时到村",
        ),
        (
            Field.DAYS,
            r"在岗|上岗|到岗|参加(?:时间|日期)|可(?:上|到|值)|值班(?:时间|日期|安排)|排班|出勤|服务时间|能参加",
        ),
        (Field.TEAM, r"成员|组成|值守人|值班人|工作人员|人员名单|执勤人|值勤人|人员配备|检查人员"),
        (Field.HEAD, r"负责人|责任人|带班|站长|点长|组长|牵头|包点(?!位)|第一责任"),
        (Field.PLACE, r"位置|地点|地址|路段|具体(?:位置|地点)|所在(?:地|位置)"),
        (Field.TITLE, r"(?:检查|站|卡)(?:站点|点|站|口)|卡口|站点|点位|门岗|检查站"),
        (Field.NAME, r"姓名|名字|^(?:驻村)?第一书记$|^(?:人员|干部|队员)$"),
        (Field.COMPOUND, r"小区|家属院|楼院|院落|住宅区"),
        (Field.TOWNSHIP, r"^(?:所在|所属)?(?:乡镇?|镇|街道|镇街|乡镇街道|街办)(?:名称?)?$|乡镇"),
        (
            Field.VILLAGE,
            r"^(?:所在|所属|所驻|派驻|帮扶|包联|驻)?(?:行政)?村(?:庄|名|名称|委|委会|居|社区)?$|^社区$|^村/社区$|帮扶村|驻村名?$",
        ),
        (Field.UNIT, r"单位|部门|来自"),
        (Field.POST, r"职务|岗位|职级|职位|身份|分工|职责|组别|角色"),
        (Field.SEX, r"^性别$"),
        (Field.REMARK, r"备注|说明|附注"),
    )
)
_TITLES = (
    (Kind.SECRETARIES, re.compile(r"第一书记|驻村(?:工作队|干部)")),
    (Kind.CHECKPOINTS, re.compile(r"检查(?:站|点)|卡点|卡口|站点")),
)
_LEVELS = (
    (Level.COMPOUND, re.compile(r"小区|家属院")),
    (Level.VILLAGE, re.compile(r"村级|村组")),
    (Level.TOWNSHIP, re.compile(r"乡镇级|乡级|镇级|街道级")),
    (Level.COUNTY, re.compile(r"县级|区级|市级")),
)
_LISTS = re.compile(r"(?:工作)?(?:人员|干部|力量)?(?:名单|名册|花名册|一览表|统计表|登记表|通讯录|情况表|表)+$")


def heading(text: str) -> str:
    """A heading without spaces, widths and what stands in brackets."""
    said = halve(text).replace(" ", "")
    return _BRACKETS.sub("", said) or said


def field_of(text: str) -> Field | None:
    """What a column of this heading says; None where the heading is no word we know."""
    said = heading(text)
    if not said or len(said) > 24:
        return None
    return next((field for field, pattern in _HEADINGS if pattern.search(said)), None)


def columns_of(row: Sequence[str]) -> dict[int, Field]:
    """The fields of a row of headings by column, counted from 1; of two columns that say the same the first counts."""
    found: dict[int, Field] = {}
    for column, text in enumerate(row, 1):
        field = field_of(text)
        if field is not None and field not in found.values():
            found[column] = field
    return found


def header_in(rows: Sequence[Sequence[str]]) -> tuple[int, dict[int, Field]] | None:
    """The row of headings, counted from 1, and its columns: that among the first which says most; None: no such row."""
    best: tuple[int, dict[int, Field]] | None = None
    for number, row in enumerate(rows[:SEARCHED_ROWS], 1):
        found = columns_of(row)
        if len(found) >= 3 and (best is None or len(found) > len(best[1])):
            best = (number, found)
    return best


def kind_of(columns: Mapping[int, Field], titles: str) -> Kind | None:
    """What a sheet is a list of; None where its columns do not say."""
    fields = set(columns.values())
    titled = next((kind for kind, pattern in _TITLES if pattern.search(titles)), None)
    if fields & {Field.TEAM, Field.HEAD} and fields & {Field.PLACE, Field.TITLE, Field.COMPOUND}:
        return Kind.CHECKPOINTS
    if {Field.NAME, Field.VILLAGE} <= fields:
        sent = titled == Kind.SECRETARIES or (fields & {Field.SINCE} and fields & {Field.UNIT})
        return Kind.SECRETARIES if sent else None
    if Field.NAME in fields and fields & {Field.POST, Field.UNIT, Field.DAYS}:
        return Kind.STAFF
    return None


def level_of(columns: Mapping[int, Field], titles: str) -> Level | None:
    """Whose the checkpoints of a sheet are: as its titles say, or by the smallest place it has a column of."""
    for level, pattern in _LEVELS:
        if pattern.search(titles):
            return level
    fields = set(columns.values())
    by_column = {Field.COMPOUND: Level.COMPOUND, Field.VILLAGE: Level.VILLAGE, Field.TOWNSHIP: Level.TOWNSHIP}
    return next((level for field, level in by_column.items() if field in fields), None)


def organisation_in(*titles: str) -> str:
    """Whose people a sheet lists, by the first of its titles that says so: 社区人员名单(共14人) is 社区."""
    for title in titles:
        said = _LISTS.sub("", heading(title))
        if said and not re.match(r"^(?:Sheet|工作表|表)\d*$", said, re.IGNORECASE):
            return said
    return ""
