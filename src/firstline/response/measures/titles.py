"""What kinds of measures are called, and what a measure asks, in words for officers and for residents."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from firstline.response.measures.kinds import (
    FREE,
    CloseBusinesses,
    Curfew,
    DisinfectionRhythm,
    Free,
    LivePoultryStop,
    ObservationDays,
    OutsidersHeldBack,
    Parameters,
    PassAtGates,
    PassQuota,
    ReportingHours,
)

TITLES = {
    "pass_at_gates": gettext_lazy("A pass at the gates"),
    "outsiders_held_back": gettext_lazy("Outsiders held back"),
    "observation_days": gettext_lazy("Days at home for those who came back"),
    "close_businesses": gettext_lazy("Businesses closed"),
    "live_poultry_stop": gettext_lazy("No live poultry in markets"),
    "reporting_hours": gettext_lazy("Hours of reporting"),
    "disinfection_rhythm": gettext_lazy("Rhythm of disinfection"),
    "curfew": gettext_lazy("Curfew"),
    "pass_quota": gettext_lazy("How many may go out"),
    FREE: gettext_lazy("In other words"),
}
CATEGORY_WORDS = {
    "hotel": gettext_lazy("hotels"),
    "guesthouse": gettext_lazy("guesthouses"),
    "restaurant": gettext_lazy("restaurants"),
    "teahouse": gettext_lazy("teahouses"),
    "bathhouse": gettext_lazy("bathhouses"),
    "cinema": gettext_lazy("cinemas"),
    "internet_cafe": gettext_lazy("internet cafés"),
    "karaoke": gettext_lazy("karaoke rooms"),
    "gym": gettext_lazy("gyms"),
    "hairdresser": gettext_lazy("hairdressers"),
    "card_room": gettext_lazy("card and mah-jong rooms"),
    "training_school": gettext_lazy("training schools"),
    "open_market": gettext_lazy("open markets"),
    "shopping_centre": gettext_lazy("shopping centres"),
    "banquet": gettext_lazy("banquets and gatherings"),
}

PARAMETER_WORDS = {
    "vehicles": gettext_lazy("vehicles too"),
    "temperature": gettext_lazy("temperature is taken"),
    "couriers": gettext_lazy("couriers too: parcels stay at the gate"),
    "days": gettext_lazy("Days"),
    "people": gettext_lazy("People of a household"),
    "categories": gettext_lazy("Which stay closed"),
    "hours": gettext_lazy("Hours of the day, such as 11, 17"),
    "every_hours": gettext_lazy("At least every so many hours"),
    "spans": gettext_lazy("From when to when, such as 22:00-05:00"),
    "title": gettext_lazy("What it is called"),
    "text": gettext_lazy("What it asks, as it is to be read aloud"),
    "restricts": gettext_lazy("it restricts people"),
}


def title_of(kind: str, parameters: Parameters | None = None) -> str:
    """What a measure is called; one in free words has its own title."""
    return parameters.title if isinstance(parameters, Free) else str(TITLES.get(kind, kind))


def words_of(parameters: Parameters) -> str:
    """What a measure asks, in one or two sentences that can be read aloud."""
    return _WORDS[type(parameters)](parameters)


def _pass_at_gates(asked: PassAtGates) -> str:
    said = [_("Whoever comes in or goes out shows a pass.")]
    if asked.vehicles:
        said.append(_("Vehicles too."))
    if asked.temperature:
        said.append(_("Your temperature is taken."))
    return _joined(said)


def _outsiders(asked: OutsidersHeldBack) -> str:
    said = [_("Who does not live here is not let in.")]
    if asked.vehicles:
        said.append(_("Vehicles from outside are not let in."))
    said.append(_("Couriers leave parcels at the gate.") if asked.couriers else _("Couriers may come in."))
    return _joined(said)


def _observation(asked: ObservationDays) -> str:
    return ngettext(
        "Who came back from elsewhere stays at home for %(n)d day and takes their temperature every day.",
        "Who came back from elsewhere stays at home for %(n)d days and takes their temperature every day.",
        asked.days,
    ) % {"n": asked.days}


def _closed(asked: CloseBusinesses) -> str:
    return _("These stay closed: %(which)s.") % {
        "which": listed([str(CATEGORY_WORDS[one]) for one in asked.categories])
    }


def _poultry(_asked: LivePoultryStop) -> str:
    return _("No live poultry is traded in the markets.")


def _reporting(asked: ReportingHours) -> str:
    return _("Figures are due every day at %(hours)s.") % {"hours": listed([f"{hour:02d}:00" for hour in asked.hours])}


def _disinfection(asked: DisinfectionRhythm) -> str:
    return ngettext(
        "Stairwells and shared rooms are disinfected every hour.",
        "Stairwells and shared rooms are disinfected at least every %(n)d hours.",
        asked.every_hours,
    ) % {"n": asked.every_hours}


def _curfew(asked: Curfew) -> str:
    return _("Nobody is outdoors %(spans)s.") % {"spans": listed([_span(one) for one in asked.spans])}


def _span(span: str) -> str:
    begin, end = span.split("-")
    return _("from %(begin)s to %(end)s") % {"begin": begin, "end": end}


def _quota(asked: PassQuota) -> str:
    if asked.people == 0:
        return _("Nobody of a household goes out; what you need is brought to you.")
    often = ngettext("once a day", "once in %(n)d days", asked.days) % {"n": asked.days}
    people = ngettext(
        "%(n)d person of a household may go out for shopping, %(often)s.",
        "%(n)d people of a household may go out for shopping, %(often)s.",
        asked.people,
    )
    return people % {"n": asked.people, "often": often}


def _free(asked: Free) -> str:
    return asked.text


def listed(words: list[str]) -> str:
    """Several words as an enumeration."""
    return _(", ").join(words)


def _joined(sentences: list[str]) -> str:
    # Between Chinese sentences there is no space.
    return "".join(one if one.endswith("。") else f"{one} " for one in sentences).rstrip()


_WORDS: dict[type[Parameters], Callable[..., str]] = {
    PassAtGates: _pass_at_gates,
    OutsidersHeldBack: _outsiders,
    ObservationDays: _observation,
    CloseBusinesses: _closed,
    LivePoultryStop: _poultry,
    ReportingHours: _reporting,
    DisinfectionRhythm: _disinfection,
    Curfew: _curfew,
    PassQuota: _quota,
    Free: _free,
}
