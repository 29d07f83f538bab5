"""Write contracts/vectors/outcomes.json: attempts at a door, what they add up to, and when the door wants somebody.

The field client lays its own attempts over a door's document and derives the state anew, so both sides must agree to
the minute. The expectations come from ``census.outcomes`` and ``census.walk``, what each rule means is tested there.
"""

import json
import os
import sys
import uuid
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "firstline.config.settings")
django.setup()

from cases import CASES, Case  # noqa: E402
from django.utils import timezone, translation  # noqa: E402

from firstline.census.next_steps import Slot, Tried  # noqa: E402
from firstline.census.outcomes import Derived, derive  # noqa: E402
from firstline.census.rules import Rules  # noqa: E402
from firstline.census.walk.reasons import why  # noqa: E402
from firstline.census.walk.route import Now, OpenDoor, is_overdue, wanted  # noqa: E402

TARGET = Path(__file__).resolve().parents[2] / "contracts" / "vectors" / "outcomes.json"
MIDNIGHT = datetime(2020, 2, 10, tzinfo=timezone.get_default_timezone())
PEOPLE = {letter: uuid.uuid5(uuid.NAMESPACE_OID, letter) for letter in "ab"}
NOBODY = uuid.UUID(int=0)
# Moments a list is asked for, as hours after the first midnight.
LISTS = ((11.5, Slot.DAY), (18.5, Slot.EVENING), (34, Slot.DAY), (44, Slot.EVENING), (90, Slot.DAY))


def _moment(hours: float) -> datetime:
    return MIDNIGHT + timedelta(minutes=round(hours * 60))


def _ms(moment: datetime | None) -> int | None:
    return None if moment is None else round(moment.timestamp() * 1000)


def _tried(case: Case) -> list[Tried]:
    return [
        Tried(_moment(at), f"{rank:02}", channel, result, PEOPLE[who], None if again is None else _moment(again))
        for rank, (at, channel, result, who, again) in enumerate(case.attempts)
    ]


def _letter(person: uuid.UUID | None) -> str | None:
    return next((letter for letter, known in PEOPLE.items() if known == person), None)


def _expected(state: Derived | None) -> dict[str, Any] | None:
    if state is None:
        return None
    step = state.next
    return {
        "outcome": state.outcome.value,
        "since": _ms(state.since),
        "attempts": state.attempts,
        "channel": state.channel,
        "step": step.step.value,
        "slot": step.slot.value,
        "due": _ms(step.due_at),
        "not_by": _letter(step.not_by),
    }


def _open(state: Derived | None) -> OpenDoor:
    bare = OpenDoor(NOBODY, "", NOBODY, "", "flats", NOBODY, "", "", None, "", 0)
    if state is None:
        return bare
    step = state.next
    return bare._replace(
        outcome=state.outcome.value,
        attempts=state.attempts,
        step=step.step.value,
        slot=step.slot.value,
        due_at=step.due_at,
    )


def _listed(state: Derived | None, agreed: bool, rules: Rules) -> list[dict[str, Any]]:
    door = _open(state)
    asked = [(Now(_moment(at), slot, rules), slot) for at, slot in LISTS]
    return [
        {
            "at": _ms(now.at),
            "slot": slot.value,
            "wanted": door.step != "none" and wanted(door, now, agreed=agreed),
            "late": is_overdue(door, now),
        }
        for now, slot in asked
    ]


def _case(case: Case) -> dict[str, Any]:
    rules, attempts = Rules(**_rules(case)), _tried(case)
    state = derive(attempts, rules)
    agreed = state is not None and any(one.again_at and one.again_at == state.next.due_at for one in attempts)
    door = _open(state)
    return {
        "why": case.why,
        "rules": case.rules,
        "attempts": [
            {
                "id": one.order,
                "at": _ms(one.at),
                "channel": one.channel,
                "result": one.result,
                "by": _letter(one.visitor),
                "again_at": _ms(one.again_at),
            }
            for one in attempts
        ],
        "state": _expected(state),
        "agreed": agreed,
        "reason": "" if door.step in {"none", "call_again"} else why(door),
        "lists": _listed(state, agreed, rules),
    }


def _rules(case: Case) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in case.rules.items()}


def written() -> str:
    """The whole file, one case a line."""
    with translation.override("en"):
        lines = [json.dumps(_case(case), ensure_ascii=False) for case in CASES]
    head = {"about": "Attempts at doors and what they add up to; made by tools/vectors_outcomes", "version": 1}
    start = json.dumps(head, ensure_ascii=False)[:-1]
    return f'{start}, "cases": [\n  ' + ",\n  ".join(lines) + "\n]}\n"


if __name__ == "__main__":
    if "--check" in sys.argv:
        same = TARGET.read_text(encoding="utf-8") == written()
        sys.exit(0 if same else f"{TARGET.name} is not what tools/vectors_outcomes writes")
    TARGET.write_text(written(), encoding="utf-8")
