"""Who may say who answers: each level its own, a township the one below it, a county whom it sends to a village."""

from firstline.kernel import paths
from firstline.kernel.actors import Actor
from firstline.response.models import Duty, Tier

# What of the lowest level a county names itself, besides the leaders of its checkpoints.
_SENT = {Duty.FIRST_SECRETARY}
# A level answers for its own places and those below: county, township, community, by the length of their paths.
SHORTEST = {Tier.VILLAGE: 12, Tier.TOWNSHIP: 9, Tier.COUNTY: 6}


def may_name(actor: Actor, path: str, tier: str, duty: str) -> bool:
    """Whether the actor says who answers at a level: its own, and for townships the one below it."""
    if actor.may(f"response.name_{tier}", path):
        return True
    sent = tier == Tier.VILLAGE and (duty in _SENT or paths.is_post(path))
    return sent and actor.may("response.name_sent", path)
