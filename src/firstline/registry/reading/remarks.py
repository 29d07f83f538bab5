"""Who is named in a remark: 租户李某 139..., 出租，陈旭刚; and whether it says that the flat was sold."""

from __future__ import annotations

import re
from functools import lru_cache

from firstline.identifiers import names, phone
from firstline.identifiers.names.tables import COMPOUND_SURNAMES, FORMS_OF_ADDRESS, NOT_NAMES
from firstline.identifiers.width import halve

from .model import PersonReading
from .words import NO_NAMES, RELATION_WORDS

_LONGEST = 200
_HAN = r"\u3400-\u9fff\U00020000-\U0003ffff?□"
# A status, perhaps a mark, a name that ends where a mark, a number or the cell does.
_LET = (
    r"(?:现?租[给住赁]?(?:出去了?|户|客|房|住户?|赁|借)?|出租(?:给|了|房)?|已租|房客|承租人?|租出(?:去了?)?"
    r"|现住(?:人|户)?|实际居住人?|借住)"
)
_OTHER = (
    r"(?:无人(?:居住|住)?|未装修|未入住|空置|空房?|毛坯|已出售|已售|已卖|房子卖了|卖了|卖给|新户主不详|新户主|新业主|新房主"
    r"|现户主|现业主|家属|联系人|现由|由|女儿|儿子|父亲|母亲|妻子|丈夫|老伴|爱人|亲戚|侄子|孙子|弟弟|哥哥|姐姐|妹妹)"
)
_NAMED = re.compile(
    rf"(?P<let>{_LET})?(?P<other>{_OTHER})?(?:姓名|名|是|为|叫)?(?P<mark>[ ,，:：、;；(（是]*)"
    rf"(?P<name>[{_HAN}]{{2,4}}(?:·[{_HAN}]{{1,8}})?)"
    r"(?:[ ,，:：、;；(（]*(?:电话|手机|联系电话)?[:：]?\s*(?P<digits>\d[\d -]{5,16}\d)|(?=$|[\s,，、;；)）。:：\d]))"
)
_BARE_PHONE = re.compile(rf"^\s*(?P<let>{_LET})[\s,，:：]*(?P<digits>\d[\d -]{{9,14}}\d)\s*$")
_SOLD = re.compile(r"已?出售|已售|已卖|卖了|卖给|过户|转让")
# Characters of remarks that hardly any given name has.
_NO_NAME = re.compile(
    r"[不没未已户租住房楼室号电话车坯搬卖售的了是在和与及等去回从到这那什么都层间业属联系过只仅每月年日天常外无空暂]"
)


@lru_cache(maxsize=50_000)
def people_in(remark: str) -> tuple[PersonReading, ...]:
    """Those whom a remark names, with the phone behind the name. Only after a status, or with a phone: else silence."""
    text = halve(remark)
    if not 2 < len(text) <= _LONGEST:
        return ()
    found = []
    for match in _NAMED.finditer(text):
        let, other, name = match["let"], match["other"], match["name"]
        number = _number(match["digits"])
        if not (let or other or number) or not _is_name(name, sure=bool(let and match["mark"]) or bool(number)):
            continue
        relation = "tenant" if let else RELATION_WORDS.get(other or "", "unspecified")
        found.append(PersonReading(names.clean(name), relation, number))
    if not found and (bare := _BARE_PHONE.match(text)):
        found.append(PersonReading("", "tenant", _number(bare["digits"])))
    return tuple(found)


def says_sold(remark: str) -> bool:
    return bool(_SOLD.search(remark))


def _number(digits: str | None) -> tuple[str, ...]:
    numbers = phone.parse_cell(digits).numbers if digits else ()
    return tuple(number.canonical for number in numbers if number.canonical)


def _is_name(name: str, *, sure: bool) -> bool:
    if name in NOT_NAMES or name in NO_NAMES or (_NO_NAME.search(name[1:]) and not name.endswith(FORMS_OF_ADDRESS)):
        return False
    if name.endswith(FORMS_OF_ADDRESS) and names.judge(name).kind == "partial":
        return True
    if len(name) == 4 and "·" not in name and name[:2] not in COMPOUND_SURNAMES:
        return False
    return names.has_surname(name) or (sure and len(name) < 4 and not _NO_NAME.search(name))
