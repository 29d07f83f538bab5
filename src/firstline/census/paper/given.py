"""What other parts of the census put on a printed sheet: the campaign's questions, the way to the online form."""

from firstline.census.models import Campaign
from firstline.census.online.links_page import public_address
from firstline.census.online.selectors import open_links
from firstline.census.paper.layout import Question
from firstline.census.questions import printing
from firstline.census.questions.definition import CHOSEN, Kind
from firstline.census.questions.selectors import questions_of
from firstline.kernel import paths
from firstline.kernel.paths import subtree

# How many digits a comb has for an answer of a kind; what is measured in fractions is written on a line.
_DIGITS = {Kind.INTEGER.value: 4, Kind.DATE.value: 8}


def link_at(path: str) -> str:
    """The address of the online form of a compound, else that of its whole community; "" while none is open."""
    links = {link.path: link for link in open_links([subtree(paths.community_of(path))]).values()}
    for place in reversed(paths.ancestors(path)):
        if place in links:
            return public_address(links[place])
    return ""


def questions_for(campaign: Campaign) -> list[Question]:
    """What a campaign asks besides who lives there, as paper asks it, in the order of its set."""
    said = questions_of(campaign)
    if said is None:
        return []
    return [_asked(number, line) for number, line in enumerate(printing.lines(said), start=1)]


def _asked(number: int, line: printing.Line) -> Question:
    words = "，".join(part for part in (line.label, line.hint, line.condition) if part)
    return Question(
        name=str(number),
        text=words,
        choices=[(str(at), choice) for at, choice in enumerate(line.choices, start=1)],
        digits=_DIGITS.get(line.kind, 0),
        note=line.kind in {"group", Kind.NOTE.value} or (line.kind in CHOSEN and not line.choices),
    )
