"""A team in one cell: 成秀兰(民警)；…, a line a role (民警：李建东), or 民警闫建伟 民警赵俊昊.

Roles written plainly anywhere in a sheet are known in all of it. What cannot be told apart is given back as unread.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from firstline.identifiers import names
from firstline.identifiers.names.tables import COMPOUND_SURNAMES, SURNAMES
from firstline.identifiers.width import halve
from firstline.workforce.lists.reading.model import Named

# What people at checkpoints are, as lists commonly call it; the longest that fits is taken.
ROLES = frozenset(
    [
        "民警",
        "辅警",
        "交警",
        "派出所民警",
        "派出所干警",
        "干警",
        "特警",
        "协警",
        "交通协管员",
        "村医",
        "乡医",
        "医生",
        "护士",
        "医护人员",
        "卫生院医生",
        "乡镇卫生院医生",
        "社区医生",
        "网格员",
        "网格长",
        "县直干部",
        "区直干部",
        "市直干部",
        "乡镇干部",
        "镇干部",
        "乡干部",
        "包村干部",
        "驻村干部",
        "下沉干部",
        "村干部",
        "社区干部",
        "村支部成员",
        "村两委成员",
        "支部委员",
        "村支书",
        "支部书记",
        "村主任",
        "村委会主任",
        "第一书记",
        "村会计",
        "会计",
        "楼长",
        "楼栋长",
        "单元长",
        "党员",
        "党员先锋岗",
        "党员志愿者",
        "志愿者",
        "交通运输局",
        "运管所",
        "卫健局",
        "公安局",
        "交警队",
        "物业人员",
        "物业",
        "保安",
        "门卫",
        "组长",
        "副组长",
        "队长",
        "站长",
        "负责人",
        "带班领导",
        "带班",
        "值班员",
        "队员",
        "组员",
        "成员",
        "测温员",
        "登记员",
        "消毒员",
        "信息员",
        "民兵",
        "村民",
        "村民代表",
        "社区工作者",
        "包点干部",
    ]
)
_LEADS = re.compile(r"^(?:(?!副)|.*[^副])(?:组长|队长|站长|点长|负责人|带班领导|带班|班长)$")
_ROLE_END = re.compile(
    r"(?:员|警|医|医生|护士|干部|人员|成员|岗|局|所|队|院|者|长|书记|主任|委员|会计|民兵|代表|领导|安|卫|物业|人)$"
)
_HAN = r"[\u3400-\u9fff\U00020000-\U0003ffff]"
_NAME = re.compile(rf"{_HAN}(?:{_HAN}|·){{1,7}}")
_SPACED = re.compile(rf"(?<!{_HAN})({_HAN}) ({_HAN})(?!{_HAN})")
_OPENED = re.compile(r"^(?P<out>[^()]+)\((?P<inside>[^()]*)\)?$")
_HEADED = re.compile(r"(?P<role>[^:、,;\s()]{1,12}) ?: ?")
_BETWEEN = re.compile(r"[、,;\s]+(?![^()]*\))")
_IN_LIST = re.compile(r"[、,;/\s]+")
_NUMBERED = re.compile(r"^\d{1,2}[.、)]\s*")


@dataclass(frozen=True, slots=True)
class Team:
    """Who a cell names, in its order, and the words nothing was made of."""

    members: tuple[Named, ...] = ()
    unread: tuple[str, ...] = ()


def roles_in(texts: Iterable[str]) -> frozenset[str]:
    """The roles that cells write plainly: in brackets behind a name, or before a colon."""
    found: set[str] = set()
    for line in (halve(line) for text in texts for line in text.splitlines()):
        found |= {one["role"] for one in _HEADED.finditer(line)}
        for item in _BETWEEN.split(line):
            opened = _OPENED.match(item)
            if opened and is_name(opened["out"]) and opened["out"] not in ROLES:
                found.add(opened["inside"].strip())
    return frozenset(role for role in found if role and not any(mark.isdigit() for mark in role))


def team_of(text: str, roles: frozenset[str] = frozenset()) -> Team:
    """The team that a cell names; ``roles`` are those known besides the common ones (see ``roles_in``)."""
    known = ROLES | roles
    members: list[Named] = []
    unread: list[str] = []
    for line in text.splitlines():
        said = _SPACED.sub(r"\1\2", _NUMBERED.sub("", halve(line)))
        reading = _headed(said, known) if ":" in said else _items(said, known)
        for one in reading:
            if isinstance(one, Named):
                members.append(replace(one, leads=bool(_LEADS.match(one.role))))
            elif one:
                unread.append(one)
    return Team(tuple(members), tuple(unread))


def is_name(text: str) -> bool:
    """Whether it reads like a person's name: some characters, and a surname first or nothing that speaks against it."""
    return bool(_NAME.fullmatch(text)) and text not in ROLES and names.judge(text).kind == "name"


def _has_surname(text: str) -> bool:
    long = text[:2] in COMPOUND_SURNAMES
    return (long and len(text) in (3, 4)) or (text[0] in SURNAMES and len(text) in (2, 3))


def _headed(said: str, known: frozenset[str]) -> Iterator[Named | str]:
    heads = list(_HEADED.finditer(said))
    if not heads:
        yield said
        return
    yield from _items(said[: heads[0].start()], known)
    for head, after in zip(heads, [*heads[1:], None], strict=True):
        inside = said[head.end() : after.start() if after else len(said)]
        for item in _BETWEEN.split(inside):
            if not item:
                continue
            opened = _OPENED.match(item)
            if opened and is_name(opened["out"]):
                yield Named(opened["out"], opened["inside"].strip() or head["role"])
            else:
                yield Named(item, head["role"]) if is_name(item) else item


def _items(said: str, known: frozenset[str]) -> Iterator[Named | str]:
    """Names with their roles beside them; a role that stands alone is that of the names behind, or before it."""
    items = [item for item in _BETWEEN.split(said) if item]
    alone = [item in known for item in items]
    behind = any(alone) and not alone[0] and alone[-1]
    pending = ""
    held: list[str] = []
    for item, is_role in zip(items, alone, strict=True):
        if is_role and behind:
            yield from (Named(name, item) for name in held)
            held = []
        elif is_role:
            pending = item
        elif behind and item not in known and is_name(item) and _glued(item, known) is None:
            held.append(item)
        else:
            yield from _item(item, known, pending)
    yield from (Named(name) for name in held)


def _item(item: str, known: frozenset[str], pending: str) -> Iterator[Named | str]:
    if opened := _OPENED.match(item):
        out, inside = opened["out"].strip(), opened["inside"].strip()
        listed = [name for name in _IN_LIST.split(inside) if name]
        if out in known or (_ROLE_END.search(out) and listed and all(is_name(name) for name in listed)):
            yield from (Named(name, out) if is_name(name) else name for name in listed)
        elif is_name(out):
            yield Named(out, inside or pending)
        else:
            yield item
        return
    for dash in ("-", "/"):
        left, sign, right = item.partition(dash)
        if sign and (right in known or left in known):
            name, role = (left, right) if right in known else (right, left)
            yield Named(name, role) if is_name(name) else item
            return
    if pending and is_name(item):
        yield Named(item, pending)
    elif (found := _glued(item, known)) is not None:
        yield found
    else:
        yield Named(item) if is_name(item) and _has_surname(item) else item


def _glued(item: str, known: frozenset[str]) -> Named | None:
    """民警闫建伟, or 闫建伟民警: the longest role that leaves a name with a surname."""
    for length in range(len(item) - 2, 1, -1):
        role, name = item[:length], item[length:]
        if role in known and _NAME.fullmatch(name) and _has_surname(name):
            return Named(name, role)
        name, role = item[: len(item) - length], item[len(item) - length :]
        if role in known and _NAME.fullmatch(name) and _has_surname(name):
            return Named(name, role)
    return None
