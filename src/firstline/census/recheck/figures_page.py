"""What a re-check says of all buildings: coverage by stratum with its interval, for one printed page."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from firstline.accounts.selectors import names_of
from firstline.census.models.recheck import Recheck
from firstline.census.recheck import selectors
from firstline.census.recheck.comparing import compare, counted
from firstline.census.recheck.estimates import Estimate, Figures, Rate, figures
from firstline.census.recheck.sample_page import place_name
from firstline.kernel import ledger
from firstline.kernel.actors import Actor


@dataclass(frozen=True, slots=True)
class Told:
    """A rate in words: its counts, the share in 100, the interval."""

    counts: str
    share: str
    interval: str


@dataclass(frozen=True, slots=True)
class Line:
    """One stratum, or all of them: buildings there, drawn and done; what the census missed and had wrongly."""

    name: str
    buildings: int
    drawn: int
    done: int
    missed: Told
    wrong: Told


def figures_page(actor: Actor, recheck: Recheck) -> dict[str, Any]:
    """The figures of a re-check, of doors and of persons. Names are compared in memory; that is put on record."""
    rows = selectors.drawn_of(recheck)
    closed = [row for row in rows if hasattr(row, "closing")]
    ids = [row.pk for row in closed]
    firsts, findings, verdicts = selectors.first_of(ids), selectors.findings_of(ids), selectors.decisions_of(ids)
    pairs = [(row, compare(firsts[row.pk], selectors.second_of(findings[row.pk]))) for row in closed]
    outturns = [counted(row.stratum, compared, verdicts[row.pk]) for row, compared in pairs]
    if closed:
        ledger.look(actor, selectors.DECIDE, path=recheck.path, subject=recheck, fields=["names"])
    population = selectors.population_of(recheck)
    effect = recheck.design_effect
    doors = figures(population, [one.doors for one in outturns], design_effect=effect)
    persons = figures(population, [one.persons for one in outturns], design_effect=effect)
    names = selectors.stratum_names([(row.stratum, row.building) for row in rows], recheck.strata_by)
    drawn = {name: sum(row.stratum == name for row in rows) for name in population}
    total = doors.total.omission
    return {
        "section": "places:compounds",
        "recheck": recheck,
        "place": place_name(recheck, rows),
        "by": names_of([recheck.by_person_id]).get(recheck.by_person_id, ""),
        "back_url": f"{reverse('census:recheck')}?recheck={recheck.pk}&at={recheck.path}",
        "done": len(closed),
        "drawn": len(rows),
        "population": sum(population.values()),
        "doors": _lines(doors, names, drawn),
        "persons": _lines(persons, names, drawn),
        "silent": [names.get(name, name) for name in doors.silent],
        "headline": _headline(total),
        "still_missing": _still(total),
        "undecided": sum(one.undecided for one in outturns),
        "unsettled": sum(one.unsettled for one in outturns),
        "still_open": sum(compared.still_open for _row, compared in pairs),
        "unresolved": sum(compared.unresolved for _row, compared in pairs),
        "wanted": _share(recheck.half_width),
    }


def told(rate: Rate) -> Told:
    """A rate as it is printed; a sample that shows no error says "at most", never "none"."""
    if rate.value is None:
        return Told("", "", _("nobody was there to be counted"))
    counts = _("%(errors)d of %(units)d") % {"errors": rate.errors, "units": rate.units}
    if rate.at_most:
        return Told(counts, _("at most %(high)s") % {"high": _share(rate.high)}, "")
    if rate.whole:
        return Told(counts, _share(rate.value), _("every building was done"))
    return Told(
        counts, _share(rate.value), _("%(low)s to %(high)s") % {"low": _share(rate.low), "high": _share(rate.high)}
    )


def _lines(found: Figures, names: dict[str, str], drawn: dict[str, int]) -> list[Line]:
    strata = [_line(one, names.get(one.name, one.name), drawn[one.name]) for one in found.strata]
    if len(strata) < 2:
        return strata
    heard = [one.name for one in found.strata]
    return [*strata, _line(found.total, _("All together"), sum(drawn[name] for name in heard))]


def _line(one: Estimate, name: str, drawn: int) -> Line:
    return Line(name, one.buildings, drawn, one.done, told(one.omission), told(one.erroneous))


def _headline(rate: Rate) -> dict[str, str]:
    """Coverage: what is left of one after the omission rate, with its interval turned round."""
    if rate.value is None:
        return {}
    if rate.at_most:
        return {"share": _("at least %(low)s") % {"low": _share(1 - rate.high)}, "interval": ""}
    interval = (
        "" if rate.whole else _("%(low)s to %(high)s") % {"low": _share(1 - rate.high), "high": _share(1 - rate.low)}
    )
    return {"share": _share(1 - rate.value), "interval": interval}


def _still(rate: Rate) -> dict[str, int]:
    """Homes of the whole area that the census misses, in numbers; found ones among them."""
    if rate.value is None:
        return {}
    return {
        "low": max(rate.errors, round(rate.low * rate.total)),
        "high": round(rate.high * rate.total),
        "found": rate.errors,
    }


def _share(share: float) -> str:
    return f"{share * 100:.1f}%"
