"""A community's own list of compounds: what nobody has said yet is filled in, what is said otherwise is shown."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from firstline.kernel import ledger
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.kernel.paths import subtree
from firstline.places.actions.compounds import create_compound, describe_compound
from firstline.places.compound_list import CompoundLine
from firstline.places.describing import Profile
from firstline.places.models import Compound, MakeUp, Management, PlaceKind
from firstline.places.selectors import community_at, compounds_within


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of a profile, what stands there, and what the list says. What stands stays."""

    field: str
    stands: str
    said: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of one row: the compound, whether it is new, the fields filled in, and where the list differs."""

    line: CompoundLine
    compound: Compound
    new: bool
    filled: tuple[str, ...]
    differing: tuple[Difference, ...]


@action("places.import_compounds")
def import_compounds(actor: Actor, *, community_path: str, lines: Sequence[CompoundLine]) -> list[Imported]:
    """Bring in a community's compounds with what their list says of them; the same list again changes nothing.

    A compound is known by its name or one of its other names. What somebody has said of it is never overwritten by a
    list. Raises NotFound, PlaceClosed.
    """
    community = community_at(actor, community_path, needs="places.import_compounds")
    standing = {
        name: compound
        for compound in compounds_within(subtree(community_path))
        if compound.place.kind == PlaceKind.COMPOUND
        for name in (*compound.aliases, compound.place.name)
    }
    done = []
    for line in lines:
        compound = standing.get(line.name)
        if new := compound is None:
            compound = create_compound(actor, community_path=community_path, name=line.name)
        done.append(_fill(actor, compound, line, new=new))
    ledger.record(
        path=community_path,
        subject=community,
        after={"new": sum(one.new for one in done), "known": sum(not one.new for one in done)},
    )
    return done


def _fill(actor: Actor, compound: Compound, line: CompoundLine, *, new: bool) -> Imported:
    stands, said = _standing(compound), _said(line)
    filled, differing = stands, []
    for name in ("make_up", "management", "gatehouse", "company", "believed_households", "address"):
        old, now = getattr(stands, name), getattr(said, name)
        if now in _NOTHING or old == now:
            continue
        if old in _NOTHING:
            filled = replace(filled, **{name: now})
        else:
            differing.append(Difference(name, str(old), str(now)))
    aliases = [alias for alias in line.aliases if alias not in {compound.place.name, *stands.aliases}]
    filled = replace(filled, aliases=[*stands.aliases, *aliases])
    if filled != stands:
        compound = describe_compound(actor, compound_id=compound.pk, profile=filled)
    return Imported(line, compound, new, tuple(_changed(stands, filled)), tuple(differing))


# What says nothing: nobody knows, nobody wrote.
_NOTHING = (MakeUp.UNKNOWN, Management.UNKNOWN, None, "")


def _standing(compound: Compound) -> Profile:
    return Profile(
        make_up=MakeUp(compound.make_up),
        management=Management(compound.management),
        gatehouse=compound.gatehouse,
        company=compound.company.name if compound.company else "",
        believed_households=compound.believed_households,
        aliases=list(compound.aliases),
        address=compound.address,
    )


def _said(line: CompoundLine) -> Profile:
    return Profile(
        make_up=MakeUp(line.make_up),
        management=Management(line.management),
        gatehouse=line.gatehouse,
        company=line.company,
        believed_households=line.households,
        address=line.address,
    )


def _changed(before: Profile, after: Profile) -> Iterator[str]:
    for name in ("make_up", "management", "gatehouse", "company", "believed_households", "address", "aliases"):
        if getattr(before, name) != getattr(after, name):
            yield name
