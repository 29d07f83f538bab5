"""One vector: what is read, what must come out, and which standard or form says so."""

Case = dict[str, object]


def case(group: str, given: object, expect: object, why: str) -> Case:
    return {"group": group, "input": given, "expect": expect, "why": why}
