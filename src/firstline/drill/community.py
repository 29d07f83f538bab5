"""The demonstration's places: real divisions, invented compounds."""

from datetime import date
from typing import NamedTuple

from firstline.places.models import MakeUp, Management, PlaceKind


class Division(NamedTuple):
    """A division by its official code (GB/T 2260, GB/T 10114)."""

    code: str
    name: str
    kind: PlaceKind


DIVISIONS = (
    Division("14", "山西省", PlaceKind.PROVINCE),
    Division("1411", "吕梁市", PlaceKind.CITY),
    Division("141102", "离石区", PlaceKind.COUNTY),
    Division("141102003", "莲花池街道", PlaceKind.TOWNSHIP),
    Division("141102003001", "马茂庄社区", PlaceKind.COMMUNITY),
    Division("141102003005", "丽景街社区", PlaceKind.COMMUNITY),
    Division("141126", "石楼县", PlaceKind.COUNTY),
    Division("141126100", "灵泉镇", PlaceKind.TOWNSHIP),
    Division("141126101", "罗村镇", PlaceKind.TOWNSHIP),
    Division("141126102", "义牒镇", PlaceKind.TOWNSHIP),
    Division("141126103", "小蒜镇", PlaceKind.TOWNSHIP),
    Division("141126104", "辛关镇", PlaceKind.TOWNSHIP),
    Division("141126200", "龙交乡", PlaceKind.TOWNSHIP),
    Division("141126201", "和合乡", PlaceKind.TOWNSHIP),
    Division("141126203", "曹家垣乡", PlaceKind.TOWNSHIP),
    Division("141126204", "裴沟乡", PlaceKind.TOWNSHIP),
)

# The codes held by then; since when exactly nobody needs for a drill.
SINCE = date(2019, 1, 1)
COUNTIES = ("141102", "141126")
COMMUNITY = "141102003005"
ELSEWHERE = "141102003001"


class Estate(NamedTuple):
    """A compound: what its director knows of it, and what is really there.

    ``line`` is how it is built and ``believed`` her guess at its households. Where there is a company, the doors come
    from its list, and an ``open`` one still has to be brought in; elsewhere she writes the line herself.
    """

    name: str
    make_up: MakeUp
    management: Management
    company: str
    line: str
    believed: str
    walked: bool = False
    open: bool = False


_UNIT, _ESTATE, _VILLAGE = MakeUp.WORK_UNIT, MakeUp.DEVELOPED, MakeUp.MIXED_VILLAGE
_COMPANY, _GATE, _NOBODY = Management.COMPANY, Management.GATEHOUSE, Management.NOBODY

ESTATES = (
    Estate("邮电局家属院", _UNIT, _COMPANY, "天和物业", "1-2号楼 各3单元6层每层2户", "约70", True),
    Estate("莲池明珠", _ESTATE, _COMPANY, "佳洁物业", "1-4号楼 各2单元6层每层4户", "173"),
    Estate("安泰新居", _ESTATE, _COMPANY, "万家物业", "1-3号楼 各18层每层6户", "295"),
    Estate("枫林苑", _ESTATE, _COMPANY, "恒安物业", "1-6号楼 各3单元6层每层2户", "200", True),
    Estate("学府雅居", _ESTATE, _COMPANY, "众邦物业", "1-2号楼 各17层每层6户", "185户"),
    Estate("世纪嘉园", _ESTATE, _COMPANY, "和谐物业", "1-2号楼 各3单元7层每层4户", "150"),
    Estate("阳光绿洲", _ESTATE, _COMPANY, "美家物业", "1-2号楼 各3单元7层每层4户", "144"),
    Estate("锦绣苑", _ESTATE, _COMPANY, "丽都物业", "1-3号楼 各2单元6层每层5户", "155多", open=True),
    Estate("御景湾", _ESTATE, _COMPANY, "诚信物业", "1号楼 17层每层8户", "119", True),
    Estate("翡翠城", _ESTATE, _COMPANY, "金管家物业", "1号楼 13层每层8户", "95"),
    Estate("龙凤佳苑", _ESTATE, _COMPANY, "新世纪物业", "1号楼 17层每层6户", "90", open=True),
    Estate("惠民家园", _ESTATE, _COMPANY, "鑫盛物业", "1-2号楼 各4单元6层每层2户", "86", True),
    Estate("北川丽都", _ESTATE, _COMPANY, "顺达物业", "A座 24层每层4户", "约80", open=True),
    Estate("金桂园", _ESTATE, _COMPANY, "美家物业", "1-2号楼 各3单元6层每层2户", "60", True),
    Estate("昌盛苑", _ESTATE, _COMPANY, "和谐物业", "1-2号楼 各3单元6层每层2户", "60"),
    Estate("锦绣花园", _ESTATE, _COMPANY, "华居物业", "1-2号楼 各3单元6层每层2户", "47", True),
    Estate("农行家属楼", _UNIT, _COMPANY, "嘉和物业", "1-2号楼 各3单元5层每层2户", "54户", True),
    Estate("地税局家属楼", _UNIT, _COMPANY, "安捷物业", "1-2号楼 各4单元6层每层2户", "93"),
    Estate("第二建筑公司家属院", _UNIT, _COMPANY, "和谐物业", "1-2号楼 各2单元6层每层2户", "36", True),
    Estate("市水利局家属院", _UNIT, _COMPANY, "宏远物业", "1号楼 3单元5层每层2户", "30", True),
    Estate("物资局家属院", _UNIT, _COMPANY, "中天物业", "1号楼 2单元5层每层2户", "19", True),
    Estate("市粮食局家属院", _UNIT, _GATE, "", "1号楼 3单元6层每层2户", "36", True),
    Estate("供销社家属院", _UNIT, _GATE, "", "1号楼 3单元6层每层2户", "35户", True),
    Estate("林业局家属院", _UNIT, _GATE, "", "1号楼 3单元6层每层2户", "35", True),
    Estate("煤运公司家属楼", _UNIT, _GATE, "", "1-2号楼 各4单元5层每层2户", "102多"),
    Estate("师专家属院", _UNIT, _GATE, "", "1-2号楼 各3单元6层每层2户", "66"),
    Estate("石窑沟新村", _VILLAGE, _GATE, "", "西街1-6排 每排12户", "约71"),
    Estate("五里坪东片", _VILLAGE, _GATE, "", "北街1-9排 每排12户", "80多"),
    Estate("前柳村混居区", _VILLAGE, _GATE, "", "前街1-8排 每排11户", "85"),
    Estate("后柳村混居区", _VILLAGE, _GATE, "", "后街1-4排 每排14户", "51"),
    Estate("农机公司宿舍", _UNIT, _NOBODY, "", "1-2号楼 各3单元6层每层2户", "70多"),
    Estate("沙枣沟小区", _VILLAGE, _NOBODY, "", "东街1-4排 每排16户", "60"),
    Estate("东关旧村片区", _VILLAGE, _NOBODY, "", "南巷1-6排 每排12户", "约59"),
    Estate("莲坡村一区", _VILLAGE, _NOBODY, "", "中街1-3排 每排14户", "42"),
)
