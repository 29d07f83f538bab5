"""What the third day of a census adds: a frame fixed, the other channels at work, people sent where doors are left.

Every step goes through the action that a person uses; what a household writes online is taken by the intake.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.utils import timezone

from firstline.accounts.devices.actions import invite_device
from firstline.accounts.devices.contact import Report, contact
from firstline.accounts.devices.enrolling import enrol
from firstline.accounts.devices.hats import Hat
from firstline.census import actions as census
from firstline.census.callbacks import actions as callbacks
from firstline.census.campaigns import campaign_at
from firstline.census.channels.actions import choose_channels
from firstline.census.models import DoorState
from firstline.census.next_steps import Slot
from firstline.census.online.actions import open_links, take_report
from firstline.census.online.intake import Form, intake
from firstline.census.online.selectors import PublicLink, link_by_code
from firstline.census.online.written import PersonWritten, Written
from firstline.census.paper.actions import enter, fetch, hand_out, print_sheets
from firstline.census.paper.numbers import number_of
from firstline.census.paper.steps import SheetKind
from firstline.census.results import Channel, Outcome, Result
from firstline.census.seals.actions import set_seal
from firstline.census.walk.actions import share_walk
from firstline.drill.days import said
from firstline.drill.households import Inventor, Resident
from firstline.drill.lists import Dwelling
from firstline.kernel import clock, scope
from firstline.kernel.actors import Actor
from firstline.kernel.clock import Precision
from firstline.kernel.ids import uuid7
from firstline.kernel.offline import Moment
from firstline.kernel.paths import subtree
from firstline.places import actions as places
from firstline.places.models import Compound, Door

_NUMBER = "0358-8200000"
_REPORTS_A_COMPOUND, _CALLS, _SEALS = 6, 40, 5
_FORMS, _NOTICES = 24, 12
_CLIENT = "0.1.0"


@dataclass
class ThirdDay:
    """The day of one community. ``behind`` says by compound and door who is really there."""

    inventor: Inventor
    director: Actor
    officer: Actor
    path: str
    behind: dict[str, list[Dwelling]]

    def live(self, compounds: Sequence[Compound], walkers: Sequence[Actor]) -> None:
        """Let the day happen; of it only what has passed by now."""
        self._fix_the_frame(compounds[0])
        managed = [one for one in compounds if one.company_id] or list(compounds)
        busy = managed[1 % len(managed)]
        for compound in managed[:4]:
            choose_channels(
                self.director, compound_id=compound.pk, channels=["list", "online", "door"], chat_group=True
            )
        self._report(managed)
        self._call(managed[:6])
        self._leave_paper(busy)
        self._seal(walkers[0], compounds)
        self._take_calls(busy)
        self._share(walkers)
        self._give_phones(walkers)

    def _fix_the_frame(self, compound: Compound) -> None:
        with scope.enter(self.officer):
            campaign = campaign_at(self.path)
        census.freeze_frame(self.officer, campaign_id=campaign.pk)
        # A flat under the roof that nobody had on a list: it stands beside the frame as an addition.
        door = self._doors(compound)[-1]
        places.add_door(self.director, building_id=door.building_id, text=f"{door.building.label}-{door.unit}-901")

    def _report(self, compounds: Sequence[Compound]) -> None:
        links = open_links(self.director, place_ids=[one.pk for one in compounds])
        opened = {link.place_id: link_by_code(link.code) for link in links}
        for compound in compounds:
            for door in self._at(compound, Outcome.UNTRIED, Outcome.KNOCKED_ONCE)[:_REPORTS_A_COMPOUND]:
                family = self._family(compound, door)
                self._send(
                    opened[compound.pk],
                    Written(building=door.building.label, unit=door.unit, room=door.room, people=family),
                )
        # One that no door fits, and one that is a joke: both wait for a clerk.
        any_link = opened[compounds[0].pk]
        unclear = Written(address="后面那栋四楼东户", people=[PersonWritten(name=self.inventor.staff_name())])
        self._send(any_link, unclear)
        self._send(any_link, Written(address="月球背面1号", people=[PersonWritten(name="嫦娥")], note="玉兔也在"))

    def _send(self, link: PublicLink | None, written: Written) -> None:
        if link is not None and not written.empty and (written.people or written.address):
            actor = intake(self.path)
            with scope.enter(actor):
                take_report(actor, link=link, written=written, form=Form(uuid7(), signed=True))

    def _call(self, compounds: Sequence[Compound]) -> None:
        shares = {
            Result.REGISTERED: 35.0,
            Result.NO_ANSWER: 30.0,
            Result.SWITCHED_OFF: 8.0,
            Result.BUSY: 8.0,
            Result.CALL_LATER: 10.0,
            Result.REFUSED: 5.0,
            Result.NUMBER_DEAD: 4.0,
        }
        doors = [(compound, door) for compound in compounds for door in self._at(compound, Outcome.UNTRIED)]
        for compound, door in doors[:_CALLS]:
            result = Result(self.inventor.choice([one.value for one in shares], list(shares.values())))
            family = self._behind(compound, door)
            met = result == Result.REGISTERED and bool(family)
            census.record_attempt(
                self.director,
                door_id=door.pk,
                result=result if met or result != Result.REGISTERED else Result.NO_ANSWER,
                channel=Channel.PHONE,
                happened_at=self._this_morning(),
                people=[said(resident) for resident in family] if met else (),
                again_at=_tonight() if result == Result.CALL_LATER else None,
            )

    def _leave_paper(self, compound: Compound) -> None:
        """Forms under doors, some fetched, some of those typed in; notices where nobody answers."""
        knocked = self._at(compound, Outcome.KNOCKED_ONCE, Outcome.KNOCKED_TWICE, Outcome.UNTRIED)
        numbers = self._sheets(SheetKind.FORM, compound, knocked[:_FORMS])
        for number, _door in numbers[: _FORMS // 2]:
            hand_out(self.director, number=number, moment=self._told_of_this_morning())
        back = numbers[: _FORMS // 4]
        fetch(self.director, numbers=[number for number, _door in back])
        for number, door in back[: len(back) // 2]:
            if family := self._behind(compound, door):
                enter(self.director, number=number, people=[said(resident) for resident in family])
        for number, _door in self._sheets(SheetKind.NOTICE, compound, knocked[_FORMS : _FORMS + _NOTICES]):
            hand_out(self.director, number=number, moment=self._told_of_this_morning())

    def _told_of_this_morning(self) -> Moment:
        return Moment(self._this_morning(), Precision.MINUTE, clock.now())

    def _sheets(self, kind: str, compound: Compound, doors: Sequence[Door]) -> list[tuple[str, Door]]:
        if not doors:
            return []
        path, ids = compound.place.path, [door.pk for door in doors]
        batch = print_sheets(self.director, kind=kind, path=path, door_ids=ids)
        return [(number_of(batch.first + at), door) for at, door in enumerate(doors)]

    def _take_calls(self, compound: Compound) -> None:
        """The community's number: calls taken and missed, one of a household that found the notice on its door."""
        callbacks.set_number(self.director, path=self.path, number=_NUMBER)
        for taken in (True, False, True, False, False):
            call = callbacks.log_call(
                self.director,
                path=self.path,
                number=self.inventor.phone(),
                taken=taken,
                happened_at=self._this_morning(),
            )
            noticed = self._at(compound, Outcome.NOTICE)
            if taken and noticed and (family := self._behind(compound, noticed[0])):
                callbacks.complete(
                    self.director,
                    callback_id=call.pk,
                    door_id=noticed[0].pk,
                    result=Result.REGISTERED,
                    people=[said(resident) for resident in family],
                )

    def _seal(self, walker: Actor, compounds: Sequence[Compound]) -> None:
        with scope.enter(walker):
            mine = [one for one in compounds if walker.may("census.set_seal", one.place.path)]
        vacant = [door for compound in mine for door in self._at(compound, Outcome.VACANT)]
        for number, door in enumerate(vacant[:_SEALS], 1):
            set_seal(walker, door_id=door.pk, number=str(number))

    def _share(self, walkers: Sequence[Actor]) -> None:
        people = [walker.person_id for walker in walkers]
        share_walk(self.director, path=self.path, slot=Slot.EVENING, people=people, minutes_each=180)

    def _give_phones(self, walkers: Sequence[Actor]) -> None:
        """Two of them go with a phone: one has handed in all it holds, one has not yet, and its clock is slow."""
        for walker, waiting, offset_ms in zip(walkers, (0, 23), (0, 240_000), strict=False):
            invited = invite_device(self.director, person_id=walker.person_id, path=self.path, hats=[Hat.DOORS])
            public = ec.generate_private_key(ec.SECP256R1()).public_key()
            key = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
            phone = enrol(invited.code, public_key=key, client=_CLIENT, persistent=True)
            oldest = self._this_morning() if waiting else None
            contact(phone, Report(waiting, oldest, _CLIENT, offset_ms, 12_000_000, 6_000_000_000, persistent=True))

    def _doors(self, compound: Compound) -> list[Door]:
        within = subtree(compound.place.path)
        with scope.enter(self.director):
            found = Door.objects.standing().filter(path__gte=within.lo, path__lt=within.hi).select_related("building")
            return list(found.order_by("building__place__position", "position", "path"))

    def _at(self, compound: Compound, *outcomes: Outcome) -> list[Door]:
        """Doors of a compound that stand so, in walking order."""
        doors = self._doors(compound)
        with scope.enter(self.director):
            states = DoorState.objects.filter(campaign=campaign_at(self.path), door__in=[door.pk for door in doors])
            stands = dict(states.values_list("door_id", "outcome"))
        return [door for door in doors if stands.get(door.pk, Outcome.UNTRIED) in outcomes]

    def _behind(self, compound: Compound, door: Door) -> Sequence[Resident]:
        for dwelling in self.behind.get(compound.place.name, ()):
            if dwelling.door.label == door.label:
                return dwelling.family
        return ()

    def _family(self, compound: Compound, door: Door) -> list[PersonWritten]:
        return [
            PersonWritten(name=one.name, relation=one.relation, id_number=one.id_number, phone=one.phone)
            for one in self._behind(compound, door)
        ]

    def _this_morning(self) -> datetime:
        """A moment of this day's work that has passed."""
        now = clock.now()
        begun = timezone.make_aware(datetime.combine(timezone.localdate(now), time(8)))
        start = min(begun, now - timedelta(minutes=30))
        return start + (now - start) * (self.inventor.minutes_between(0, 90) / 100)


def _tonight() -> datetime:
    return timezone.make_aware(datetime.combine(timezone.localdate(clock.now()), time(19, 30)))
