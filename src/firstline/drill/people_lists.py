"""Lists of the people who answer, as ugly as those of a county and a community, brought in by the way all come in."""

from pathlib import Path

from firstline.drill import community
from firstline.drill.households import Inventor
from firstline.kernel.actors import Actor
from firstline.places.actions import enter_villages
from firstline.workforce.lists.actions import accept_people, bring_people

_COUNTY = "141126"
_VILLAGES = {"罗村镇": ("141126101", ("泊河村", "东庄村")), "龙交乡": ("141126200", ("前山村", "水泉村", "刘家塬村"))}
_UNITS = ("县水利局", "县财政局", "市税务局", "县教体局", "省农科院")
_POSTS = (
    ("主任", "全程"),
    ("副主任", "除2.11外都在"),
    ("网格员", "隔天(1.27,1.29,1.31…)"),
    ("委员", "1.27-2.10"),
    ("志愿者", "每天(晚上值班)"),
)


def bring_in_people(operator: Actor, inventor: Inventor, director: Actor, officer: Actor, folder: Path) -> None:
    """First secretaries and checkpoints of a county, the staff of a community; the files stay in ``folder`` too."""
    for township, villages in _VILLAGES.values():
        enter_villages(operator, township_path=township, names=villages)
    lists = (
        (officer, _COUNTY, "第一书记名单.csv", _secretaries(inventor)),
        (officer, _COUNTY, "村级检查点.csv", _checkpoints(inventor)),
        (director, community.COMMUNITY, "社区人员名单.csv", _staff(inventor)),
    )
    for actor, path, name, text in lists:
        content = text.encode("gb18030")
        (folder / name).write_bytes(content)
        brought = bring_people(actor, path=path, name=name, content=content, year=2020)
        accept_people(actor, list_id=brought.pk)


def _secretaries(inventor: Inventor) -> str:
    lines = ["序号,姓名,派出单位,职务,乡镇,村,联系电话,到村时间"]
    for name, (_township, villages) in _VILLAGES.items():
        for village in villages[1:]:
            number = len(lines)
            place = f"{name.removesuffix('镇')},{village.removesuffix('村')}"
            who = f"{number},{inventor.staff_name()},{_UNITS[number % 5]},干部"
            lines.append(f"{who},{place},{_spaced(inventor)},2019.{number}.4")
    return "\n".join(lines)


def _checkpoints(inventor: Inventor) -> str:
    lines = ["村级检查站点一览表,,,,,", "乡镇,村,检查点位置,包点责任人,联系方式,检查组成员(村支部成员/村医/网格员)"]
    for name, (_township, villages) in _VILLAGES.items():
        for number, village in enumerate(villages):
            a, b, c = (inventor.staff_name() for _member in range(3))
            team = (f"{a}(村支部成员)、{b}(村医)、{c}(网格员)", f"村支部成员{a} 村医{b} 网格员{c}")[number % 2]
            head = f"{inventor.staff_name()},{_spaced(inventor)}"
            lines.append(f"{'' if number else name},{village},{village}村口,{head},{team}")
    return "\n".join(lines)


def _staff(inventor: Inventor) -> str:
    lines = ["社区人员名单,,,,", "姓名,岗位,电话,是否党员,可上岗日期"]
    for number, (post, days) in enumerate(_POSTS):
        said = f'"{days}"' if "," in days else days
        lines.append(f"{inventor.staff_name()},{post},电话{inventor.phone()},{'是否'[number % 2]},{said}")
    return "\n".join(lines)


def _spaced(inventor: Inventor) -> str:
    phone = inventor.phone()
    return f"{phone[:3]} {phone[3:7]} {phone[7:]}"
