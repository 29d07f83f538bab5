"""How the ledger says what was done in a re-check, with seals, and at night."""

from django.utils.translation import gettext_lazy as _

from firstline.census.recheck.comparing import Kind, Living, Verdict
from firstline.kernel import wording

wording.register(
    acts={
        "census.draw_recheck": _("drew buildings for a blind re-check"),
        "census.assign_recheck": _("gave out a building to be walked again"),
        "census.record_finding": _("wrote down what a second walk found at a door"),
        "census.close_recheck": _("closed a building walked again"),
        "census.decide_recheck": _("decided who was right, census or re-check"),
        "census.set_seal": _("put a seal on an empty door"),
        "census.check_seal": _("looked at a seal"),
        "census.count_lights": _("counted the lit windows of a building"),
    },
    fields={
        "seed": _("Lot"),
        "half_width": _("Half-width of the interval"),
        "given_out": _("Buildings given out"),
        "due": _("To be done by"),
        "living": _("Found"),
        "verdict": _("Who was right"),
        "number": _("Number of the seal"),
        "lit": _("Lit windows"),
    },
    values={"living": dict(Living.choices), "verdict": dict(Verdict.choices), "kind": dict(Kind.choices)},
)
