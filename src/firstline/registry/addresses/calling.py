"""Which compound is meant when people call it by half its name, by another name, or spell it as it sounds."""

import re
from collections.abc import Iterable, Sequence
from functools import cache

from pypinyin import lazy_pinyin

from firstline.identifiers.width import halve

from .model import Called

# What estates end in; what stands before tells them apart. Longest first.
_KINDS = (
    "业主小区", "家属大院", "家属小区", "家属院", "家属楼", "居民小区", "商住小区", "混居区", "宿舍楼", "住宅楼",
    "小区", "家园", "花园", "新居", "新村", "新苑", "新城", "公寓", "宿舍", "大院", "片区", "名苑", "雅苑", "雅居",
    "佳苑", "嘉园", "嘉苑", "佳园", "华庭", "名都", "名居", "丽都", "绿洲", "明珠", "苑", "园", "院", "楼", "城",
    "庭", "居", "府", "湾", "片", "里", "庄",
)  # fmt: skip
_TAILS = ("小区", "片区", "院", "楼")
_BEFORE = re.compile(r"^(?:原|老|旧(?!村)|市|县|区|第(?=[一二三四五六七八九十]))")
_AFTER = re.compile(r"(?:[一二三四五六七八九十\d]+[期区]|[东西南北中][片区]|[A-Z][区])$")
_NOT_SAID = re.compile(r"[\s·,，.。、()（）\-]+")
_SHORTEST = 2
_FOREIGN = ""
# 前柳 and 后柳 are two villages, however alike they look.
_TELLING = frozenset("一二三四五六七八九十0123456789东西南北中前后上下左右大小新老旧甲乙丙丁ABCDEFGH")


@cache
def sound(text: str) -> tuple[str, ...]:
    """Toneless syllables, those that are confused in speech made equal: zh/z, ch/c, sh/s, -ng/-n."""
    return tuple(re.sub(r"(?<=[ei])ng$", "n", re.sub(r"^([zcs])h", r"\1", part.lower())) for part in lazy_pinyin(text))


def bare(text: str) -> str:
    """A name as it is compared: one width, no spaces or punctuation."""
    return _NOT_SAID.sub("", halve(text).upper())


def section(name: str) -> str:
    """Which part of an estate a name speaks of: 翡翠城二期 -> 二期; "" for all of it."""
    found = _AFTER.search(bare(name))
    return found[0] if found and len(bare(name)) > len(found[0]) else ""


def core(name: str) -> str:
    """What tells a compound from others: 市水利局家属院 -> 水利局, 安泰新居 -> 安泰, 翡翠城一期 -> 翡翠."""
    text = bare(name)
    for pattern in (_AFTER, _BEFORE):
        shorter = pattern.sub("", text)
        text = shorter if len(shorter) >= _SHORTEST else text
    for kind in _KINDS:
        if text.endswith(kind) and len(text) - len(kind) >= _SHORTEST:
            return text[: -len(kind)]
    return text


class Calling:
    """Finds the compound that a name means; asks nobody and never guesses between two."""

    def __init__(self, compounds: Sequence[Called]) -> None:
        self._exact: dict[str, set[str]] = {}
        self._cores: dict[tuple[str, str], set[str]] = {}
        self._sounds: dict[tuple[str, ...], dict[str, str]] = {}
        self._names: list[str] | None = None
        for compound in compounds:
            if not compound.scattered:
                for name in compound.names:
                    self.learn(name, compound.key)

    def learn(self, name: str, key: str) -> None:
        """From now on ``name`` is a name of that compound."""
        text = bare(name)
        if len(text) < _SHORTEST:
            return
        self._names = None
        self._exact.setdefault(text, set()).add(key)
        self._cores.setdefault((core(name), section(name)), set()).add(key)
        self._sounds.setdefault(sound(text), {}).setdefault(key, text)

    def forbid(self, name: str) -> None:
        """``name`` is called so by somebody, and is none of ours: neither it nor what sounds like it is matched."""
        self.learn(name, _FOREIGN)

    def names(self) -> list[str]:
        """All names that mean one compound, the longest first."""
        if self._names is None:
            once = (name for name, keys in self._exact.items() if len(keys) == 1)
            self._names = sorted(once, key=len, reverse=True)
        return self._names

    def exactly(self, name: str) -> str | None:
        return _only(self._exact.get(bare(name), set()))

    def find(self, name: str) -> str | None:
        """The compound of a name, a nickname or a name spelt by ear; None where none or several fit."""
        text = bare(name)
        if text in self._exact:
            return _only(self._exact[text])
        if len(text) < _SHORTEST:
            return None
        for tail in _TAILS:
            # Said of any estate, so 锦绣苑小区 is 锦绣苑 before it is short for 锦绣花园.
            if text.endswith(tail) and (known := self._exact.get(text.removesuffix(tail))):
                return _only(known)
        stem = next((text.removesuffix(tail) for tail in _TAILS if text.endswith(tail)), text)
        return self.by_ear(text) or self.by_ear(stem) or self._by_core(text) or self._by_slip(text)

    def by_ear(self, text: str) -> str | None:
        """The compound one of whose whole names sounds like ``text``."""
        heard = self._sounds.get(sound(text), {})
        # 锦秀苑 sounds like 锦绣苑 and like 锦绣园, and shares more characters with the first.
        same = {key: sum(a == b for a, b in zip(text, name, strict=False)) for key, name in heard.items()}
        alike = [item for item in heard.items() if same[item[0]] == max(same.values())]
        if len(alike) != 1:
            return None
        ((key, name),) = alike
        # 锦绣园 sounds like 锦绣苑 and may be short for 锦绣花园: another word for the kind of estate is no slip.
        sharing = {key for (known, _), keys in self._cores.items() if known == core(text) for key in keys}
        if key == _FOREIGN:
            return None
        return key if sharing <= {key} or _kind(text) == _kind(name) else None

    def _by_core(self, text: str) -> str | None:
        said, part = core(text), section(text)
        if len(said) < _SHORTEST:
            return None
        # Phase two is not phase one; the whole estate may be meant by either, or either by the whole.
        cores = [(known, keys) for (known, other), keys in self._cores.items() if part == other or not (part and other)]
        whole = [(name, keys) for name, keys in self._exact.items() if not (part and section(name))]
        for fits, among in ((_equal, cores), (_holds, cores), (_holds, whole), (_shortened, cores)):
            found = {key for known, keys in among if fits(said, known) for key in keys}
            if found:
                return _only(found)
        return None

    def _by_slip(self, text: str) -> str | None:
        """One syllable off, in a name long enough to bear it; a number or a direction is no slip."""
        heard = sound(text)
        if len(heard) < 4:
            return None
        alike = [
            (name, key)
            for known, names in self._sounds.items()
            if _one_off(heard, known)
            for key, name in names.items()
        ]
        return _only({key for name, key in alike if not _tells_apart(text, name)})


def _only(keys: Iterable[str]) -> str | None:
    found = set(keys)
    return next(iter(found)) if len(found) == 1 and _FOREIGN not in found else None


def _kind(text: str) -> str:
    return text[len(core(text)) :] if text.startswith(core(text)) else ""


def _equal(said: str, known: str) -> bool:
    return sound(said) == sound(known)


def _holds(said: str, known: str) -> bool:
    return _within(sound(said), sound(known)) or _within(sound(known), sound(said))


def _within(part: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    return len(part) >= _SHORTEST and any(
        whole[at : at + len(part)] == part for at in range(len(whole) - len(part) + 1)
    )


def _shortened(said: str, known: str) -> bool:
    """二建 for 第二建筑公司: the first character, and the others in their order."""
    if len(said) >= len(known) or said[:1] != known[:1]:
        return False
    rest = iter(known)
    return all(character in rest for character in said)


def _one_off(said: tuple[str, ...], known: tuple[str, ...]) -> bool:
    return len(said) == len(known) and sum(a != b for a, b in zip(said, known, strict=True)) == 1


def _tells_apart(said: str, known: str) -> bool:
    return any(a != b and (a in _TELLING or b in _TELLING) for a, b in zip(said, known, strict=False))
