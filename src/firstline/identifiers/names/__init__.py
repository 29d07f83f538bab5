"""Names as lists give them: cleaned, judged, and keyed for search. A name stays one field.

    clean(" 刘　鹏 ")          -> "刘鹏"
    judge("空房").kind         -> "not_a_name"
    pinyin("单晓燕")           -> "shanxiaoyan"
    fold("閆建國") == fold("阎建国")
    bigrams("王建国")          -> ("王建", "建国")

Keys only bring candidates together; nothing here says that two names are one person.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from pypinyin import lazy_pinyin

from firstline.identifiers.names.tables import (
    COMPOUND_SURNAMES,
    FORMS_OF_ADDRESS,
    NOT_NAMES,
    SURNAME_READINGS,
    SURNAMES,
    TRADITIONAL,
    VARIANTS,
)
from firstline.identifiers.width import cell_text, halve

Kind = Literal["name", "partial", "not_a_name", "empty"]
NOTES = ("surname_unknown", "form_of_address", "surname_only", "lost_character", "masked", "long")

_HAN = r"[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_DOTS = re.compile(rf"(?<={_HAN}) ?[·•‧∙・●･.．᛫⋅-] ?(?={_HAN})")
_INNER_SPACE = re.compile(rf"(?<={_HAN}) +(?={_HAN})")
_EDGES = " ,，。.;；:：、-_/\\'\"`’‘“”*|+=~!！()（）[]【】<>《》"
_BRACKET = re.compile(r"[(（\[【<《].*$")
_LABEL = re.compile(r"^(?:户主|业主|房主|姓名|住户|本人|户名|租户|租客|承租人)[:：是]? *(?=.)")
_LOST = re.compile(r"[?？□■�〓▯○]")
_MASK = re.compile(r"[*×＊xX]+$|[*×＊]")
_HAN_NAME = re.compile(rf"{_HAN}{{2,4}}$")
_DOTTED = re.compile(rf"{_HAN}{{1,12}}(?:·{_HAN}{{1,12}}){{1,4}}$")
_LATIN = re.compile(r"[A-Z][A-Z'’.\-]*(?: [A-Z][A-Z'’.\-]*){1,5}$|[A-Z]{2,20}$", re.IGNORECASE)
_LEADING_OLD = re.compile(rf"[老小阿](?P<s>{_HAN})$")


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a cell under "name" holds; `partial` is a person without the full name (王先生)."""

    kind: Kind
    name: str
    notes: tuple[str, ...] = ()


def clean(value: object) -> str:
    """One spelling of a name: half width, no spaces inside Chinese names, one kind of dot.

    Remarks in brackets and labels (`户主:`) go; the characters of the name are not touched.
    """
    text = halve(cell_text(value))
    # What a label or bracket hid may be one itself: cleaned until nothing is left to clean.
    while (cleaner := _cleaner(text)) != text:
        text = cleaner
    return text


def _cleaner(text: str) -> str:
    text = text.strip(_EDGES)
    text = _BRACKET.sub("", text) or text
    text = _INNER_SPACE.sub("", _LABEL.sub("", text.strip(_EDGES)))
    return _DOTS.sub("·", text).strip(_EDGES)


def judge(value: object) -> Judgement:
    """Whether a cell names a person. Doubt is a note; only words known for other things refuse."""
    raw = halve(cell_text(value))
    name = clean(value)
    if not name and not _MASK.search(raw):
        return Judgement("empty", "")
    if name in NOT_NAMES or any(character.isdigit() for character in name):
        return Judgement("not_a_name", name)
    if damage := _damage(raw, name):
        return damage
    if _DOTTED.match(name) or _LATIN.match(name):
        return Judgement("name", name)
    if len(name) == 1 and re.match(_HAN, name):
        return Judgement("partial", name, ("surname_only",))
    if _called(name):
        return Judgement("partial", name, ("form_of_address",))
    if _HAN_NAME.match(name):
        return Judgement("name", name, () if _surname(name) else ("surname_unknown",))
    if re.match(rf"{_HAN}{{5,6}}$", name) and name[:2] in COMPOUND_SURNAMES:
        return Judgement("name", name, ("long",))
    return Judgement("not_a_name", name)


def _damage(raw: str, name: str) -> Judgement | None:
    """Names that were hidden on purpose (王**) or lost a rare character on the way (王?国)."""
    if _MASK.search(raw) and re.match(_HAN, name):
        return Judgement("partial", name, ("masked",))
    if not _LOST.search(raw):
        return None
    kept = re.match(_HAN, name) or _LOST.match(name)
    return Judgement("partial" if kept else "not_a_name", name, ("lost_character",))


def surname(name: str) -> str:
    """The surname, to read it aloud rightly; empty for dotted and foreign names."""
    return _surname(clean(name))


def has_surname(name: str) -> bool:
    """Whether a name that is clean already begins with a surname we know; much quicker than `surname`."""
    return name[:1] in SURNAMES or bool(_surname(name))


@lru_cache(maxsize=65_536)
def syllables(name: str) -> tuple[str, ...]:
    """Toneless pinyin, one item a character, with the readings surnames have (单 shan, 区 ou).

    ü is written v. Latin names come back as their lower-case words.
    """
    name = clean(name).translate(TRADITIONAL)
    family = _surname(name)
    given = name[len(family) :].replace("·", "")
    read = SURNAME_READINGS.get(family)
    first = read.split() if read else lazy_pinyin(family)
    return tuple(part.lower() for part in (*first, *lazy_pinyin(given)) if part.strip())


def pinyin(name: str) -> str:
    """Toneless pinyin in one word: the key under which names that sound alike meet."""
    return re.sub(r"[^a-z]", "", "".join(syllables(name)))


def fold(name: str) -> str:
    """A key that is equal for traditional and simplified forms and for 闫/阎, 肖/萧, 付/傅."""
    text = clean(clean(name).translate(TRADITIONAL).replace("·", "")).casefold()
    family = _surname(text)
    return family.translate(VARIANTS) + text[len(family) :]


def bigrams(name: str) -> tuple[str, ...]:
    """Pairs of neighbouring characters of the folded name, for search; never single ones."""
    text = fold(name)
    return tuple(dict.fromkeys(text[at : at + 2] for at in range(len(text) - 1)))


def _surname(name: str) -> str:
    if "·" in name:
        return ""
    if name[:2] in COMPOUND_SURNAMES and len(name) > 2:
        return name[:2]
    first = name[:1].translate(TRADITIONAL)
    return name[:1] if first in SURNAMES or first in SURNAME_READINGS else ""


def _called(name: str) -> bool:
    """Whether it is a form of address: 王先生, 张总, 老李."""
    old = _LEADING_OLD.match(name)
    if old and old["s"] in SURNAMES:
        return True
    for form in FORMS_OF_ADDRESS:
        family = name.removesuffix(form)
        if family == name:
            continue
        if family in COMPOUND_SURNAMES:
            return True
        if len(family) == 1 and family in SURNAMES and (len(form) > 1 or len(name) == 2):
            return True
    return False
