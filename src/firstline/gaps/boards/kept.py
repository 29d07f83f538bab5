"""Parts of boards, rendered once for everybody who looks at the same place: five hundred viewers cost one."""

from collections import OrderedDict
from collections.abc import Callable
from hashlib import blake2b
from threading import Lock

from firstline.gaps.boards.figures import STALE
from firstline.gaps.models import CountyState
from firstline.kernel import clock

# Ages are shown in whole hours and days, which no event tells of.
_AGES_SECONDS = 300
_MOST = 64

_kept: "OrderedDict[str, str]" = OrderedDict()
_making: dict[str, Lock] = {}
_lock = Lock()


def tag_of(state: CountyState | None, *about: str) -> str:
    """The entity tag of a board's part: it changes when the county does, when ages do, when sweeps stop."""
    now = clock.now()
    stale = state is None or now - state.swept_at > STALE
    told = (*about, str(state and state.changed_at), str(stale), str(int(now.timestamp()) // _AGES_SECONDS))
    return f'"{blake2b("|".join(told).encode(), digest_size=12).hexdigest()}"'


def rendered(tag: str, render: Callable[[], str]) -> str:
    """The part of a tag, from the store of this process or rendered now; by one thread, for which others wait."""
    with _lock:
        making = _making.setdefault(tag, Lock())
    try:
        with making:
            if (text := _found(tag)) is None:
                text = _keep(tag, render())
    finally:
        with _lock:
            _making.pop(tag, None)
    return text


def awaited(tag: str) -> str | None:
    """The part of a tag, where this process has it or is just rendering it."""
    with _lock:
        making = _making.get(tag)
    if making is not None:
        with making:
            pass
    return _found(tag)


def forget() -> None:
    """Throw away what is kept, as a process that has just begun."""
    with _lock:
        _kept.clear()


def _found(tag: str) -> str | None:
    with _lock:
        if tag in _kept:
            _kept.move_to_end(tag)
        return _kept.get(tag)


def _keep(tag: str, text: str) -> str:
    with _lock:
        _kept[tag] = text
        while len(_kept) > _MOST:
            _kept.popitem(last=False)
    return text
