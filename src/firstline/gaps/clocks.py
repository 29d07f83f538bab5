"""The clocks of gaps as the database counts them: what ``escalation`` says of a gap that nobody ever had.

Of such a gap the pure functions come to two sums, and the database does them for any number at once. Where somebody
stopped a clock, the functions themselves are asked (``raising``); a test holds both to the same answers.
"""

from collections.abc import Mapping
from typing import Any

from firstline.gaps.rules import RulesInForce
from firstline.kernel import bulk
from firstline.kernel.gap_sources import Known, Waiting

# The rules as a table: of each part of the installation and each severity one row, times in minutes.
HELD = """
json_to_recordset(%(held)s) AS held (lo text COLLATE "C", hi text COLLATE "C", severity smallint, village integer,
                                     township integer, relapse integer)
"""

# Every kind as a table.
KNOWN = "json_to_recordset(%(known)s) AS known (kind text, severity smallint, first_tier smallint)"


def given(rules: RulesInForce, kinds: Mapping[str, Waiting | Known]) -> dict[str, Any]:
    """The values that ``HELD`` and ``KNOWN`` want."""
    return {
        "held": bulk.records(held_by(rules, {kind.severity for kind in kinds.values()})),
        "known": bulk.records(
            [{"kind": name, "severity": one.severity, "first_tier": one.first_tier} for name, one in kinds.items()]
        ),
    }


def held_by(rules: RulesInForce, severities: set[int]) -> list[dict[str, Any]]:
    """The rules that hold in each part of the installation for each severity."""
    return [
        {
            "lo": part.lo,
            "hi": part.hi,
            "severity": severity,
            "village": (band := held.band_of(severity)).village_minutes,
            "township": band.township_minutes,
            "relapse": held.relapse_minutes,
        }
        for part, held in rules.parts()
        for severity in sorted(severities)
    ]


def reached(*, opened_at: str, first_tier: str, tier: str) -> str:
    """A join that gives ``clock.tier`` and ``clock.climbs_at`` at the moment ``%(now)s``, by the row ``held``.

    The arguments are names of columns; ``tier`` is what a gap has reached already.
    """
    return f"""
CROSS JOIN LATERAL (
    SELECT {opened_at} + make_interval(mins => CASE {first_tier} WHEN 1 THEN held.village ELSE 0 END) AS township_at,
           {opened_at} + make_interval(mins => CASE {first_tier} WHEN 1 THEN held.village + held.township
                                                                 WHEN 2 THEN held.township ELSE 0 END) AS county_at
) AS moments
CROSS JOIN LATERAL (
    SELECT greatest({tier}, CASE WHEN county_at <= %(now)s THEN 3 WHEN township_at <= %(now)s THEN 2 ELSE 1 END) AS tier
) AS by_now
CROSS JOIN LATERAL (
    SELECT by_now.tier, CASE by_now.tier WHEN 1 THEN township_at WHEN 2 THEN county_at END AS climbs_at
) AS clock
"""
