"""Writing which channels a compound is worked through."""

import uuid
from collections.abc import Sequence

from firstline.census.campaigns import campaign_at
from firstline.census.channels.errors import ChannelsUnknown
from firstline.census.models import ChannelChoice
from firstline.census.results import Channel
from firstline.kernel import ledger
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.kernel.ids import uuid7
from firstline.places.selectors import compound_for

# What can be chosen: how a household is come to. That it calls us back is nobody's choice.
OFFERED = (Channel.LIST, Channel.ONLINE, Channel.PHONE, Channel.INTERCOM, Channel.PAPER, Channel.DOOR)


@action("census.choose_channels")
def choose_channels(
    actor: Actor, *, compound_id: uuid.UUID, channels: Sequence[str], chat_group: bool | None
) -> ChannelChoice:
    """Choose the channels of a compound in their order (none: as proposed), and say whether it has a chat group.

    Raises NotFound, EmergencyMissing, ChannelsUnknown.
    """
    compound = compound_for(actor, compound_id, needs="census.choose_channels")
    if len(set(channels)) < len(channels) or not set(channels) <= {channel.value for channel in OFFERED}:
        raise ChannelsUnknown
    campaign = campaign_at(compound.place.path)
    choice = ChannelChoice(
        id=uuid7(),
        path=compound.place.path,
        emergency_id=campaign.emergency_id,
        campaign_id=campaign.pk,
        by_person_id=actor.person_id,
        by_device_id=actor.device_id,
        compound=compound,
        channels=list(channels),
        chat_group=chat_group,
    )
    ledger.record(
        path=compound.place.path,
        subject=choice,
        after={"channels": list(channels), "chat_group": chat_group},
    )
    choice.save(force_insert=True)
    return choice
