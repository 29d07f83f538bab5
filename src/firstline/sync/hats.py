"""Allow-lists of what a device may send and ask for, by what it is for. What stands in no list is answered to nobody.

What its person may do is in ``accounts.roles``, what a hat leaves of it in ``accounts.devices.hats``.
"""

from collections.abc import Iterable

from firstline.accounts.devices.hats import Hat

# Kinds of commands (section 13 of the protocol), whatever their version.
COMMANDS: dict[Hat, frozenset[str]] = {
    Hat.DOORS: frozenset(
        {
            "census.record_attempt",
            "census.void_attempt",
            "census.keep_picture",
            "census.hand_out_sheet",
            "places.add_door",
            "places.describe_compound",
        }
    ),
    Hat.DUTY: frozenset({"workforce.sign_in", "workforce.sign_out"}),
}

# Asked for without a signature.
OPEN = frozenset({"sync:alive", "sync:enrol"})
# Taken from every enrolled device, whatever it is for, also when it was revoked or its grants have ended: what it
# holds is handed in, and nothing is given back.
HANDED_IN = frozenset({"sync:commands", "sync:parcels", "sync:wiped"})
# What a device reads, by hat, while a grant is in force.
READ: dict[Hat, frozenset[str]] = {
    Hat.DOORS: frozenset({"sync:changes"}),
    Hat.DUTY: frozenset({"sync:changes"}),
}


def commands_of(hats: Iterable[Hat]) -> frozenset[str]:
    """The kinds of commands that a device of these hats may send."""
    return frozenset().union(*(COMMANDS[hat] for hat in hats))


def may_read(route: str, hats: Iterable[Hat]) -> bool:
    """Whether a device of these hats is answered at a route."""
    return any(route in READ[hat] for hat in hats)
