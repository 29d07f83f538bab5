"""`firstline rates`: every AAPOR outcome rate from counts given on the command line. Needs no database."""

import argparse
import json
import re

from django.utils.translation import gettext as _

from firstline.census.rates.formulas import LETTERS, Counts, Formula, Rate, Rates, Unknowns, UnusableCounts, rates_of
from firstline.census.rates.words import GROUPS, MEANS, SAYS

_WHOLE = re.compile(r"\d{1,18}")
_SAID = {Unknowns.ALL: " + UH + UO", Unknowns.SHARE: " + e(UH + UO)", Unknowns.NONE: ""}


def answer(arguments: list[str]) -> str:
    """What the command prints. Exits with 2, and says why, when the call is wrong; with 0 after ``--help``."""
    parser = _parser()
    asked = parser.parse_args(arguments)
    try:
        found = rates_of(read_counts(asked.counts), asked.e)
    except UnusableCounts as problem:
        parser.error(str(problem))
    return as_json(found) if asked.json else as_text(found)


def read_counts(text: str) -> Counts:
    """Counts as they are typed: ``I=5,P=3``. Raises UnusableCounts naming the part that is wrong."""
    given: dict[str, int] = {}
    for part in text.replace("，", ",").split(","):
        letter, sign, count = (piece.strip() for piece in part.partition("="))
        if not sign or not _WHOLE.fullmatch(count):
            raise UnusableCounts(
                _("“%(part)s” is no count. Write a category, = and a whole number, 0 or more: I=5,P=3.")
                % {"part": part.strip()}
            )
        if letter.upper() in given:
            raise UnusableCounts(_("%(letter)s is given twice. Give each count once.") % {"letter": letter})
        given[letter.upper()] = int(count)
    return Counts.of(given)


def as_json(found: Rates) -> str:
    """Every rate by its name, null where undefined; beside them the counts, and e (null where it has no estimate)."""
    told: dict[str, object] = dict(found.as_floats())
    told["e"] = None if found.e is None else float(found.e)
    told["e_estimated"] = found.estimated
    told["counts"] = {letter: found.counts[letter] for letter in LETTERS}
    return json.dumps(told, ensure_ascii=False, indent=1)


def as_text(found: Rates) -> str:
    """A table: the counts, e and where it comes from, then each rate with what stands above and below the line."""
    counts = found.counts
    lines = ["  ".join(f"{letter} {counts[letter]}" for letter in LETTERS)]
    lines.append(f"K = I + P + R + NC + O = {counts.known}   U = UH + UO = {counts.unknown}")
    lines.append(_told_e(found))
    for title, names in GROUPS:
        lines += ["", str(title)]
        lines += [_line(rate) for rate in found.all if rate.name in names]
    return "\n".join(lines)


def _told_e(found: Rates) -> str:
    counts = found.counts
    if found.e is None:
        return _("e has no estimate: no case is known to be eligible, and none known not to be.")
    if not found.estimated:
        return _("e = %(e).4f, as given") % {"e": found.e}
    return _("e = K/(K + NE) = %(known)d/%(found_out)d = %(e).4f, estimated") % {
        "known": counts.known,
        "found_out": counts.known + counts.ne,
        "e": found.e,
    }


def _line(rate: Rate) -> str:
    value = _("undefined") if rate.value is None else f"{float(rate.value):.4f}"
    below = "?" if rate.below is None else f"{float(rate.below):g}"
    return f"  {rate.name:<6}{value:>8}  = {rate.above} / {below}  = {formula_text(rate.formula)}"


def formula_text(formula: Formula) -> str:
    """A formula as the standard writes it: ``(I + P) / (I + P + R + NC + O + e(UH + UO))``."""
    above = " + ".join(formula.above)
    above = f"({above})" if len(formula.above) > 1 else above
    return f"{above} / ({' + '.join(formula.below)}{_SAID[formula.unknowns]})"


def _parser() -> argparse.ArgumentParser:
    told = [f"  {letter:<6} {MEANS[letter]}" for letter in LETTERS] + [
        f"  {name:<6} {says}" for name, says in SAYS.items()
    ]
    parser = argparse.ArgumentParser(
        prog="firstline rates",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        description=_(
            "Response, cooperation, refusal and contact rates after the AAPOR Standard Definitions (9th edition, 2016)."
        ),
        epilog="\n".join(told),
    )
    parser.add_argument(
        "--counts", required=True, metavar="I=5,P=3,...", help=_("cases by category; what is left out is 0")
    )
    parser.add_argument("--e", metavar="0.5", help=_("share of unknown cases taken as eligible; left out: K/(K + NE)"))
    parser.add_argument("--json", action="store_true", help=_("answer as JSON; a rate that is undefined is null"))
    return parser
