"""Parcels in words, for channels that leave the house: titles, places down to the community, times, a link.

The words a message was told with stay inside: whatever somebody put into them by mistake leaves by no channel.
"""

import uuid
from collections.abc import Collection

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import ngettext

from firstline.kernel import paths, ports
from firstline.notify import kinds
from firstline.notify.channels.letters import Letter
from firstline.notify.models import Channel, Message, Parcel


def letters(parcels: Collection[Parcel]) -> dict[uuid.UUID, Letter]:
    """What each parcel says, by its id."""
    ids = {message for one in parcels for message in one.messages}
    messages = {one.pk: one for one in Message.objects.filter(pk__in=ids)}
    names = ports.places_at({paths.community_of(one.path) for one in messages.values()})
    return {one.pk: _letter(one, [messages[key] for key in one.messages], names) for one in parcels}


def _letter(parcel: Parcel, messages: list[Message], names: dict[str, str]) -> Letter:
    lines = [_line(one, names) for one in messages]
    if parcel.more:
        lines.append(ngettext("and %(count)s more", "and %(count)s more", parcel.more) % {"count": f"{parcel.more:,}"})
    count = len(messages) + parcel.more
    if messages and count == 1:
        title = _subject(messages[0], names)
    else:
        title = ngettext("%(count)s message", "%(count)s messages", count) % {"count": f"{count:,}"}
    return Letter(parcel.pk, title, tuple(lines), settings.ORIGIN + _link(parcel, messages))


def _link(parcel: Parcel, messages: list[Message]) -> str:
    if len(messages) != 1 or parcel.more:
        return reverse("notify:messages")
    # In a group each reader opens it with their own login; a person's own message counts as read once it was opened.
    return messages[0].url if parcel.channel == Channel.ROBOT else reverse("notify:open", args=[messages[0].pk])


def _line(message: Message, names: dict[str, str]) -> str:
    at = date_format(timezone.localtime(message.at), "TIME_FORMAT")
    return f"{at} {_subject(message, names)}"


def _subject(message: Message, names: dict[str, str]) -> str:
    place = names.get(paths.community_of(message.path), "")
    said = f"{kinds.title_of(message.kind)} · {place}" if place else kinds.title_of(message.kind)
    count = message.words.get("count")
    return f"{said} ({count:,})" if isinstance(count, int) and count > 1 else said
