"""Writing online reports: a household's report, the links it comes under, a clerk's decisions about it."""

from firstline.census.online.actions.deciding import place_report, set_aside_reports, undo_decision
from firstline.census.online.actions.links import close_link, open_links, reissue_link
from firstline.census.online.actions.taking import Taken, take_report

__all__ = [
    "Taken",
    "close_link",
    "open_links",
    "place_report",
    "reissue_link",
    "set_aside_reports",
    "take_report",
    "undo_decision",
]
