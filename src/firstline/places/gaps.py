"""What is missing about places: frames nobody walked, compounds without doors, compounds nobody looks after."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from firstline.kernel.gap_sources import Cause, GapPlace, Stage
from firstline.kernel.paths import Range
from firstline.places.selectors import FrameCount, frame_counts


@dataclass(frozen=True, slots=True)
class _Kind:
    """A cause: what is said of it, and ``show``, the filter of the list of compounds behind its number."""

    kind: str
    show: str
    stage: Stage
    title: str | Promise
    unit: str | Promise
    action_label: str | Promise
    severity: int

    def share_of(self, count: FrameCount) -> tuple[int, datetime | None]:
        """How much of this cause lies at a compound, and since when."""
        match self.show:
            case "unmanaged":
                return int(count.compound.looked_after is False), count.compound.unmanaged_since
            case "bare":
                return int(not count.doors), None
            case "differing":
                return count.differing, None
            case _:
                return count.unwalked, count.unwalked_since


_KINDS = (
    _Kind(
        "compounds_unmanaged",
        "unmanaged",
        Stage.GAP,
        _("Neither company nor gatehouse"),
        _("compounds"),
        _("Find somebody"),
        70,
    ),
    _Kind("compounds_bare", "bare", Stage.TO_DO, _("No doors known yet"), _("compounds"), _("Say which buildings"), 80),
    _Kind(
        "frames_differing",
        "differing",
        Stage.TO_DO,
        _("Walked, and other doors counted than known"),
        _("buildings"),
        _("Explain it"),
        58,
    ),
    _Kind(
        "frames_unwalked",
        "unwalked",
        Stage.TO_DO,
        _("Nobody has walked it and counted the doors"),
        _("buildings"),
        _("Walk them"),
        40,
    ),
)


def places_missing(within: Sequence[Range]) -> Iterator[Cause]:
    """The open causes within ranges of places, each with the compounds it lies at; one statement for all."""
    counts = frame_counts(within)
    for kind in _KINDS:
        shares = [(count, *kind.share_of(count)) for count in counts]
        found = sorted((share for share in shares if share[1]), key=lambda share: -share[1])
        if found:
            yield Cause(
                kind=kind.kind,
                stage=kind.stage,
                title=kind.title,
                unit=kind.unit,
                places=[
                    GapPlace(count.compound.place.path, count.compound.place.name, number, since)
                    for count, number, since in found
                ],
                action_label=kind.action_label,
                url=_behind(kind, [count for count, _number, _since in found]),
                severity=kind.severity,
            )


def _behind(kind: _Kind, counts: list[FrameCount]) -> str:
    """The rows behind a number: the compound itself when it is only one."""
    if len(counts) == 1:
        return reverse("places:frame", args=[counts[0].compound.pk])
    return reverse("places:compounds") + f"?show={kind.show}"
