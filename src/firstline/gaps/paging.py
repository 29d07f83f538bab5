"""One page of a long list, and where those before and after it are."""

from dataclasses import dataclass

from django.http import QueryDict


@dataclass(frozen=True, slots=True)
class Pages:
    """Which rows of a list stand on a page (1-based, ``first`` 0 for none), and the addresses of its neighbours.

    An address is "" at either end of the list.
    """

    count: int
    first: int
    last: int
    before_url: str
    after_url: str

    @property
    def rows(self) -> slice:
        """The same as a slice of the list."""
        return slice(max(0, self.first - 1), self.last)


def pages_of(count: int, asked: QueryDict, size: int) -> Pages:
    """The page of ``count`` rows that an address asks for by ``page``; what cannot be meant is the nearest that is."""
    number = min(_number(asked.get("page", "")), max(1, -(-count // size)))
    first, last = (number - 1) * size, min(count, number * size)
    return Pages(
        count=count,
        first=first + 1 if count else 0,
        last=last,
        before_url=_url(asked, number - 1) if number > 1 else "",
        after_url=_url(asked, number + 1) if last < count else "",
    )


def _number(given: str) -> int:
    return max(1, int(given)) if given.isascii() and given.isdigit() and len(given) < 7 else 1


def _url(asked: QueryDict, number: int) -> str:
    to = asked.copy()
    to["page"] = str(number)
    return f"?{to.urlencode()}"
