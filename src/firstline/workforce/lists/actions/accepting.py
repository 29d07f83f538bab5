"""A list begins to count: people are put on record, named for their places, put into organisations and teams."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime, time

from django.db.models import Max
from django.utils import timezone

from firstline.accounts.actions import enrol_person
from firstline.accounts.details.actions import Correction, put_right
from firstline.accounts.selectors import details_of
from firstline.identifiers import names
from firstline.kernel import clock, ledger
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.kernel.keys import organisation_key
from firstline.places.models import Post, PostKind
from firstline.places.posts import add_post
from firstline.response.answering.actions import assign, end_responsibility, hand_over
from firstline.response.models import Rank, Responsibility
from firstline.response.models.answering import Source
from firstline.workforce.lists.errors import NothingReady
from firstline.workforce.lists.people import Known, KnownPeople
from firstline.workforce.lists.proposals import CORRECTED, SAME, Compared, Proposal
from firstline.workforce.lists.reading import Field, Kind, Named
from firstline.workforce.lists.selectors import locked, opened
from firstline.workforce.models import (
    Effect,
    ListDecision,
    ListEffect,
    ListVerdict,
    Organisation,
    PeopleList,
    StaffContents,
    StaffMember,
    Team,
    TeamMember,
)


@action("workforce.accept_people")
def accept_people(actor: Actor, *, list_id: uuid.UUID, end_gone: bool = False) -> ListDecision:
    """Bring in all rows of a list that are ready; rows that wait stay, and are brought in when it is accepted again.

    With ``end_gone``, whoever an older list brought in and this one does not name answers or works there no more.
    Raises NothingReady, NotFound, and what naming raises (TierNotYours: the county's lists are the county's).
    """
    people_list = locked(actor, list_id, needs="workforce.accept_people")
    compared = opened(people_list).compared
    ready = [row for row in compared.rows if row.ready]
    if not ready and not (end_gone and (compared.gone or compared.staff_gone)):
        raise NothingReady
    decision = ListDecision(
        path=people_list.path, people_list=people_list, verdict=ListVerdict.ACCEPTED, by_person_id=actor.person_id
    )
    decision.save(force_insert=True)
    done = _Bringing(actor, people_list, decision, compared)
    for row in ready:
        done.bring(row)
    if end_gone:
        done.end_gone()
    ListEffect.objects.bulk_create(done.effects)
    ledger.record(path=people_list.path, subject=people_list, after={"rows": len(ready), "people": done.enrolled})
    return decision


class _Bringing:
    """One acceptance while it goes on; ``effects`` is what it did."""

    def __init__(self, actor: Actor, people_list: PeopleList, decision: ListDecision, compared: Compared) -> None:
        self.actor, self.people_list, self.decision, self.compared = actor, people_list, decision, compared
        self.people = compared.people or KnownPeople(people_list.path)
        self.effects: list[ListEffect] = []
        self.enrolled = 0

    def bring(self, row: Proposal) -> None:
        """One row that is ready."""
        if row.state == CORRECTED and row.person is not None:
            self._correct(row, row.person)
        if row.line.kind == Kind.STAFF:
            self._employ(row)
        elif row.line.kind == Kind.SECRETARIES:
            self._seat(row, row.placed.path)
        else:
            self._post(row)

    def end_gone(self) -> None:
        """Those whom this list names no more."""
        if gone := [line.pk for line in self.compared.gone]:
            for line in end_responsibility(self.actor, responsibility_ids=gone):
                self._did("gone", Effect.RESPONSIBILITY_ENDED, line.path, line.pk)
        for member in self.compared.staff_gone:
            member.valid_until = clock.now()
            member.save(update_fields=["valid_until"])
            self._did("gone", Effect.STAFF_ENDED, member.path, member.pk)

    def _did(self, row: str, effect: Effect, path: str, target_id: uuid.UUID | None = None) -> None:
        self.effects.append(ListEffect(path=path, decision=self.decision, row=row, effect=effect, target_id=target_id))

    def _person(self, row: Proposal, home: str) -> uuid.UUID:
        """Whoever a row means; somebody new is put on record, once for all rows of the same name and phone."""
        line = row.line
        if row.person is not None:
            return row.person.id
        if line.phone and (known := self.people.same(line.name, line.phone)):
            return known.id
        post = " ".join(filter(None, (line.said.get(Field.UNIT, ""), line.said.get(Field.POST, ""))))
        return self._enrol(line.name, home, line.phone, post)

    def _enrol(self, name: str, home: str, phone: str = "", post: str = "") -> uuid.UUID:
        person = enrol_person(self.actor, name=name, home_path=home, phone=phone, post=post)
        self.people.add(Known(person.pk, name, phone))
        self.enrolled += 1
        return person.pk

    def _correct(self, row: Proposal, person: Known) -> None:
        """The phone of this list in place of the one on record; what stood there is kept."""
        correction = Correction(phone=row.line.phone)
        former = put_right(self.actor, person_id=person.id, correction=correction)
        self.people.add(Known(person.id, person.name, row.line.phone))
        self._did(row.line.key, Effect.DETAILS, former.path, former.pk)

    def _seat(self, row: Proposal, path: str) -> None:
        """Name whoever leads; who led so far hands over."""
        if row.state in (SAME, CORRECTED):
            self._did(row.line.key, Effect.KNOWN, path)
            return
        person_id = self._person(row, row.place.path if row.place else path)
        if row.before is not None:
            lines = hand_over(self.actor, responsibility_ids=[row.before.pk], to_person_id=person_id)
        else:
            lines = assign(
                self.actor,
                person_id=person_id,
                places=[path],
                tier=row.tier,
                duty=row.duty,
                valid_from=_begins(row, path),
                source=Source.IMPORTED,
                source_id=self.people_list.pk,
            )
        for line in lines:
            self._did(row.line.key, Effect.RESPONSIBILITY, path, line.pk)

    def _post(self, row: Proposal) -> None:
        """The checkpoint, whoever leads it, and its team."""
        stood = Post.objects.filter(place=row.placed, kind=PostKind.CHECKPOINT, name=row.post_name, closed_at=None)
        new = not stood.exists()
        post = add_post(row.placed, PostKind.CHECKPOINT, row.post_name)
        self._did(row.line.key, Effect.POST if new else Effect.KNOWN, post.path, post.pk)
        if row.line.name:
            self._seat(row, post.path)
        if row.line.team:
            self._team(row, post)

    def _team(self, row: Proposal, post: Post) -> None:
        """The people of a post's team as the list has them; who is in it no more is ended, never deleted."""
        team, _made = Team.objects.get_or_create(path=post.path, defaults={"name": post.name})
        members = TeamMember.objects.filter(team=team, valid_until=None).select_related("person")
        standing = {member.pk: names.clean(details_of(member.person).name) for member in members}
        by_id = {member.pk: member for member in members}
        for named in row.line.team:
            known = next((pk for pk, name in standing.items() if name == named.name), None)
            member = by_id[known] if known else None
            if known is not None:
                del standing[known]
            if member is not None and (member.role, member.leads) == (named.role, named.leads):
                continue
            person_id = member.person_id if member is not None else self._enrol_member(row, named)
            if member is not None:
                self._leave(row, member)
            joined = TeamMember.objects.create(
                path=post.path,
                team=team,
                person_id=person_id,
                role=named.role,
                leads=named.leads,
                recorded_by_id=self.actor.person_id,
                follows=member,
            )
            self._did(row.line.key, Effect.TEAM, post.path, joined.pk)
        for pk in standing:
            self._leave(row, by_id[pk])

    def _enrol_member(self, row: Proposal, named: Named) -> uuid.UUID:
        # A name without a phone is nobody yet known; whoever leads the post may stand in its team too.
        if named.name == row.line.name:
            return self._person(row, row.placed.path)
        return self._enrol(named.name, row.placed.path, post=named.role)

    def _leave(self, row: Proposal, member: TeamMember) -> None:
        member.valid_until = clock.now()
        member.save(update_fields=["valid_until"])
        self._did(row.line.key, Effect.TEAM_ENDED, member.path, member.pk)

    def _employ(self, row: Proposal) -> None:
        line, path = row.line, self.people_list.path
        organisation, _made = Organisation.objects.get_or_create(path=path, name=line.organisation)
        person_id, post = self._person(row, path), line.said.get(Field.POST, "")
        contents = _available(row)
        stands = StaffMember.objects.filter(person_id=person_id, organisation=organisation, valid_until=None).first()
        if stands is not None:
            if (stands.post, stands.party_member, stands.open()) == (post, line.party, contents):
                self._did(line.key, Effect.KNOWN, path, stands.pk)
                return
            stands.valid_until = clock.now()
            stands.save(update_fields=["valid_until"])
            self._did(line.key, Effect.STAFF_ENDED, path, stands.pk)
        member = StaffMember(
            path=path,
            person_id=person_id,
            organisation=organisation,
            post=post,
            party_member=line.party,
            recorded_by_id=self.actor.person_id,
        )
        member.seal(contents, organisation_key())
        member.save(force_insert=True)
        self._did(line.key, Effect.STAFF, path, member.pk)


def _available(row: Proposal) -> StaffContents:
    days, remark = row.line.days, row.line.said.get(Field.REMARK, "")
    if days is None:
        return StaffContents(remark=remark)
    return StaffContents(
        words=days.words,
        pattern=str(days.pattern),
        begins=_iso(days.begins),
        ends=_iso(days.ends),
        days=_isos(days.days),
        nights=days.nights,
        remark=remark,
    )


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _isos(days: Sequence[date]) -> list[str]:
    return [day.isoformat() for day in days]


def _begins(row: Proposal, path: str) -> datetime | None:
    """From the list's day on, but not while somebody else led there; None: from now on."""
    if row.line.since is None:
        return None
    begins = timezone.make_aware(datetime.combine(row.line.since, time.min))
    seat = Responsibility.objects.filter(path=path, tier=row.tier, duty=row.duty, rank=Rank.LEAD)
    ended = seat.aggregate(last=Max("valid_until"))["last"]
    begins = max(begins, ended) if ended else begins
    return begins if begins < clock.now() else None
