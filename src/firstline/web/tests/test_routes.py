"""Every address, asked by everybody: one row a route and method, one column a person, so that no page is forgotten.

A new page fails this test until it has its row. Read a row as: what each of these people is answered when the page
is about building 1 of ``cast.compound``, its door 1-1-101, an attempt there, and a list of that compound.
302 is the way to the login page (or, for those within, onwards), 403 "not your role", 404 "not there, or not yours".
"""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.timezone import localdate

from firstline.census.actions import open_campaign, record_attempt
from firstline.census.callbacks.actions import log_call
from firstline.census.entry_checks.actions import draw_check
from firstline.census.logs.tests.logs import line, taken
from firstline.census.models import ShareDoor
from firstline.census.night.cells import Cells
from firstline.census.night.tests.sheets import typed
from firstline.census.online.actions import open_links, set_aside_reports
from firstline.census.online.tests.conftest import parked_report
from firstline.census.paper.actions import print_sheets
from firstline.census.questions.actions import keep_pictures
from firstline.census.questions.tests.test_pictures import photograph
from firstline.census.questions.tests.test_question_sets import uploaded
from firstline.census.recheck.tests.setting import given_out
from firstline.census.results import Result
from firstline.census.seals.actions import set_seal
from firstline.census.walk.actions import share_walk
from firstline.places.actions import declare_buildings
from firstline.places.models import Place
from firstline.registry.actions import PutRight, accept_file, put_right
from firstline.registry.staging import row_id
from firstline.registry.tests.lists import encoded, failed_work, staged
from firstline.response.actions import register_copies
from firstline.testing.cast import COMMUNITY, PASSWORD, Cast

PEOPLE = (
    "stranger",  # not logged in
    "lapsed",  # a login whose only role has ended
    "worker",  # grid worker of this compound
    "worker_next",  # of the next one
    "worker_elsewhere",  # of another community
    "typist",  # information clerk of the community
    "director",  # of the community
    "clerk",  # of the subdistrict
    "county_officer",
    "other_county_officer",
)


@dataclass(frozen=True)
class Made:
    """What the addresses are about."""

    compound: uuid.UUID
    building: uuid.UUID
    door: uuid.UUID
    attempt: uuid.UUID
    log: uuid.UUID  # of visits, that waits to be accepted
    declaration: uuid.UUID
    file: uuid.UUID
    work: uuid.UUID
    accepted: uuid.UUID  # another list of that compound, in which the row `put_right` was put right
    put_right: uuid.UUID
    emergency: uuid.UUID
    copy: uuid.UUID
    batch: uuid.UUID  # a form printed for that compound
    came_in: uuid.UUID  # a call to the community's number
    recheck: uuid.UUID
    drawn: uuid.UUID  # building 1 in that sample, given to `worker_next`
    seal: uuid.UUID  # on door 1-1-102
    share: uuid.UUID  # of the community's walk, among these two
    walker: uuid.UUID
    other_walker: uuid.UUID
    compound_next: uuid.UUID
    community: uuid.UUID
    link: uuid.UUID  # the address of that compound for online reports
    code: str  # under which it stands
    report: uuid.UUID  # one that waits for a clerk
    decision: uuid.UUID  # about another one
    campaign: uuid.UUID
    questions: uuid.UUID
    shipped: str
    photo: uuid.UUID
    second: uuid.UUID  # the community's own, in which nobody works yet
    sheet: uuid.UUID  # of lines the worker typed in the night
    check: uuid.UUID  # for which those were drawn


@dataclass(frozen=True)
class Row:
    """One route and method; ``about`` names what fills its address; ``answers`` are those of PEOPLE in order."""

    name: str
    method: str
    about: str
    answers: str
    data: dict[str, str] = field(default_factory=dict)


LINE = {"line": "3号楼 1单元2层每层2户"}
NEW_COMPOUND = {"name": "新小区", "community": COMMUNITY}
PROFILE = {"make_up": "developed", "management": "nobody"}
COLUMNS = {"sheet": "1", "header_row-1": "2", "column-1": "number"}
# What begins with @ is the id of that name in ``Made``.
THAT_COMPOUND = {"compound": "@compound"}
THAT_ROW = {"row": "@put_right"}
NEXT, THAT_REPORT, THAT_DOOR = {"place": "@compound_next"}, {"report": "@report"}, {"door": "@door"}
CAMPAIGN = {"campaign": "@campaign"}
NO_ROWS = {"cause": "door_missing", "how": "none"}
WALK, ONE_DOOR, TWO_DOORS = {"doors_found": "12"}, {"text": "1-1-901"}, {"into": "101,101/2"}
HOME = {"address": "北川路88号"}
NOBODY_TO_SHARE = {"at": COMMUNITY, "when": "evening", "minutes": "120"}
WHO_IS_MISSING = {"missing": "@walker"}
STAIRWELL = {"building": "@building", "unit": "1", "giver": "@walker", "taker": "@other_walker"}
ONE_PERSON = {"result": "registered", "line": "王建国 男 56 户主", "step": "done"}
PRECISION, FOUND = {"half": "0.03", "by": "management"}, {"label": "1-1-101", "living": "vacant"}

NEW_CAMPAIGN, ROUND = {"path": COMMUNITY, "name": "返乡人员"}, {"name": "第二轮"}
RULES = {"form_days": "2"}

BY_PASSWORD = {"password": PASSWORD}

# fmt: off
TABLE = (
    #                                                   stra laps work next else typi dire cler coun othe
    Row("gaps:home",              "GET",  "",            "302 403 200 200 200 200 200 200 200 200"),
    Row("places:compounds",       "GET",  "",            "302 403 200 200 200 200 200 200 200 200"),
    Row("places:create_compound", "POST", "",            "403 403 403 403 403 403 303 403 403 403", NEW_COMPOUND),
    Row("places:frame",           "GET",  "compound",    "302 403 200 404 404 200 200 200 200 404"),
    Row("places:frame",           "POST", "compound",    "403 403 403 403 403 403 200 403 403 403", LINE),
    Row("places:frame_preview",   "POST", "compound",    "403 403 403 403 403 403 200 403 403 403", LINE),
    Row("places:describe",        "POST", "compound",    "403 403 403 403 403 403 303 403 403 403", PROFILE),
    Row("places:contacts",        "POST", "compound",    "403 403 200 404 404 200 200 403 403 403"),
    Row("places:withdraw",        "POST", "declaration", "403 403 403 403 403 403 303 403 403 403"),
    Row("places:walk",            "POST", "building",    "403 403 303 404 404 403 303 403 403 403", WALK),
    Row("places:add_door",        "POST", "building",    "403 403 303 404 404 303 303 403 403 403", ONE_DOOR),
    Row("places:import_compounds", "GET",  "",           "302 403 403 403 403 403 200 403 403 403"),
    Row("places:import_compounds", "POST", "",           "302 403 403 403 403 403 422 403 403 403"),
    Row("places:proposals",       "GET",  "compound",    "302 403 200 404 404 200 200 200 200 404"),
    Row("places:proposals",       "POST", "compound",    "403 403 403 403 403 303 303 403 403 403", {"accept": "all"}),
    Row("places:homes",           "GET",  "compound",    "302 403 200 404 404 200 200 200 200 404"),
    Row("places:homes",           "POST", "compound",    "403 403 422 404 404 422 422 403 403 403", HOME),
    Row("places:dwelling",        "GET",  "door",        "302 403 200 404 404 200 200 200 200 404"),
    Row("places:split_door",      "POST", "door",        "403 403 303 404 404 303 303 403 403 403", TWO_DOORS),
    Row("places:merge_doors",     "POST", "door",        "403 403 422 404 404 422 422 403 403 403", {"label": "101"}),
    Row("census:campaigns",       "GET",  "",            "302 403 200 200 200 200 200 200 200 200"),
    Row("census:campaign",        "GET",  "campaign",    "302 403 200 200 200 200 200 200 200 404"),
    Row("census:begin",           "POST", "",            "403 403 403 403 403 403 302 403 302 404", NEW_CAMPAIGN),
    Row("census:lead",            "POST", "second",      "403 403 403 403 403 403 302 403 302 404"),
    Row("census:end",             "POST", "second",      "403 403 403 403 403 403 302 403 302 404"),
    Row("census:freeze",          "POST", "second",      "403 403 403 403 403 403 302 403 302 404"),
    Row("census:rules",           "POST", "second",      "403 403 403 403 403 403 302 403 302 404", RULES),
    Row("census:rounds",          "POST", "second",      "403 403 403 403 403 403 302 403 302 404", ROUND),
    Row("census:doors",           "GET",  "",            "302 403 200 200 200 200 200 200 200 200"),
    Row("census:compound",        "GET",  "compound",    "302 403 200 404 404 200 200 200 200 404"),
    Row("census:building",        "GET",  "building",    "302 403 200 404 404 200 200 200 200 404"),
    Row("census:door",            "GET",  "door",        "302 403 200 404 404 200 200 200 200 404"),
    Row("census:panel",           "GET",  "door",        "302 403 200 404 404 200 200 200 200 404"),
    Row("census:reading",         "POST", "door",        "403 403 200 404 404 200 200 403 403 403", ONE_PERSON),
    Row("census:record",          "POST", "door",        "403 403 302 404 404 302 302 403 403 403", ONE_PERSON),
    Row("census:record",          "GET",  "door",        "302 403 302 404 404 302 302 403 403 403"),
    Row("census:void",            "POST", "attempt",     "403 403 302 404 404 403 302 403 403 403"),
    Row("census:logs",            "GET",  "",            "302 403 403 403 403 200 200 403 403 403"),
    Row("census:logs",            "POST", "",            "302 403 403 403 403 422 422 403 403 403"),
    Row("census:log",             "GET",  "log",         "302 403 403 403 403 200 200 403 403 403"),
    Row("census:log_step",        "POST", "log",         "403 403 403 403 403 303 303 403 403 403", {"step": "accept"}),
    Row("census:log_settle",      "POST", "log",         "403 403 403 403 403 303 303 403 403 403"),
    Row("census:log_word",        "POST", "log",         "403 403 403 403 403 303 303 403 403 403"),
    Row("census:log_unsettle",    "POST", "log",         "403 403 403 403 403 303 303 403 403 403"),
    Row("census:paper",           "GET",  "",            "302 403 200 200 200 200 200 403 403 403"),
    Row("census:paper-step",      "POST", "",            "403 403 404 404 404 404 404 403 403 403"),
    Row("census:paper-undo",      "POST", "",            "403 403 302 302 302 302 302 403 403 403"),
    Row("census:paper-pile",      "GET",  "",            "302 403 403 403 403 200 200 403 403 403"),
    Row("census:paper-pile",      "POST", "",            "403 403 403 403 403 404 404 403 403 403"),
    Row("census:paper-reading",   "POST", "",            "403 403 403 403 403 200 200 403 403 403"),
    Row("census:paper-print",     "GET",  "",            "302 403 403 403 403 403 200 403 403 403"),
    Row("census:paper-print",     "POST", "",            "403 403 403 403 403 403 200 403 403 403"),
    Row("census:paper-batch",     "GET",  "batch",       "302 403 200 404 404 200 200 403 403 403"),
    Row("census:paper-pdf",       "GET",  "batch",       "302 403 403 403 403 403 200 403 403 403"),
    Row("census:paper-spoil",     "POST", "batch",       "403 403 403 403 403 302 302 403 403 403"),
    Row("census:callbacks",       "GET",  "",            "302 403 200 200 200 200 200 403 403 403"),
    Row("census:callback-log",        "POST", "",            "403 403 404 404 302 302 302 403 403 403"),
    Row("census:callback-undo",       "POST", "",            "403 403 302 302 302 302 302 403 403 403"),
    Row("census:callback-reading",    "POST", "",            "403 403 200 200 200 200 200 403 403 403"),
    Row("census:callback-number",     "POST", "",            "403 403 403 403 403 403 422 403 403 403"),
    Row("census:callback-hand-over",  "POST", "",            "403 403 404 404 422 422 422 403 403 403"),
    Row("census:callback",       "GET",  "came_in",        "302 403 404 404 404 200 200 403 403 403"),
    Row("census:callback",       "POST", "came_in",        "403 403 404 404 404 422 422 403 403 403"),
    Row("census:callback-step",       "POST", "came_in",        "403 403 404 404 404 302 302 403 403 403"),
    Row("census:recheck",         "GET",  "",            "302 403 403 403 403 403 200 403 403 403"),
    Row("census:recheck",         "POST", "",            "403 403 403 403 403 403 303 403 403 403", PRECISION),
    Row("census:recheck_assign",  "POST", "recheck",     "403 403 403 403 403 403 422 403 403 403"),
    Row("census:recheck_figures", "GET",  "recheck",     "302 403 403 403 403 403 200 403 403 403"),
    Row("census:recheck_differences", "GET", "drawn",    "302 403 403 403 403 403 200 403 403 403"),
    Row("census:recheck_decide",  "POST", "drawn",       "403 403 403 403 403 403 409 403 403 403"),
    Row("census:recheck_settle",  "POST", "drawn",       "403 403 403 403 403 403 409 403 403 403"),
    Row("census:my_rechecks",     "GET",  "",            "302 403 403 200 403 403 403 403 403 403"),
    Row("census:recheck_building", "GET", "drawn",       "302 403 403 200 403 403 403 403 403 403"),
    Row("census:recheck_finding", "GET",  "drawn",       "302 403 403 200 403 403 403 403 403 403"),
    Row("census:recheck_finding", "POST", "drawn",       "403 403 403 303 403 403 403 403 403 403", FOUND),
    Row("census:recheck_close",   "POST", "drawn",       "403 403 403 409 403 403 403 403 403 403"),
    Row("census:seals",           "GET",  "",            "302 403 200 200 200 200 200 403 403 403"),
    Row("census:seal_set",        "POST", "door",        "403 403 303 404 404 303 303 403 403 403", {"number": "8"}),
    Row("census:seal_check",      "POST", "seal",        "403 403 303 404 404 303 303 403 403 403"),
    Row("census:lights",          "GET",  "",            "302 403 200 200 200 200 200 403 403 403"),
    Row("census:lights_building", "GET",  "building",    "302 403 200 404 404 200 200 403 403 403"),
    Row("census:lights_building", "POST", "building",    "403 403 303 404 404 303 303 403 403 403", {"unit-1": "3"}),
    Row("census:rates",           "GET",  "",            "302 403 200 200 200 200 200 200 200 200"),
    Row("census:rates_doors",     "GET",  "",            "302 403 200 200 200 200 200 200 200 200", {"category": "uh"}),
    Row("census:curve",           "GET",  "",            "302 403 200 200 200 200 200 200 200 200"),
    Row("census:compounds_left",  "GET",  "",            "302 403 200 200 200 200 200 200 200 200"),
    Row("census:tonight",         "GET",  "",            "302 403 200 200 200 200 200 200 200 200"),
    Row("census:night",           "GET",  "",            "302 403 302 302 302 200 200 403 403 403"),
    Row("census:night_grid",      "GET",  "compound",    "302 403 200 404 404 200 200 403 403 403"),
    Row("census:night_grid",      "POST", "compound",    "403 403 200 404 404 200 200 403 403 403"),
    Row("census:night_take_back", "POST", "sheet",       "403 403 303 404 404 403 403 403 403 403"),
    Row("census:entry_checks",    "GET",  "",            "302 403 200 200 200 200 200 403 403 403"),
    Row("census:entry_checks",    "POST", "",            "403 403 403 403 403 403 303 403 403 403", THAT_COMPOUND),
    Row("census:enter_again",     "GET",  "check",       "302 403 403 404 404 200 200 403 403 403"),
    Row("census:enter_again",     "POST", "check",       "403 403 403 404 404 200 200 403 403 403"),
    Row("census:entry_differences", "GET", "check",      "302 403 403 403 403 403 200 403 403 403"),
    Row("census:entry_differences", "POST", "check",     "403 403 403 403 403 403 404 403 403 403"),
    Row("census:walk",            "GET",  "",            "302 403 200 200 200 200 200 403 403 403"),
    Row("census:share",           "GET",  "",            "302 403 403 403 403 403 200 403 403 403"),
    Row("census:share",           "POST", "",            "403 403 403 403 403 403 422 403 403 403", NOBODY_TO_SHARE),
    Row("census:share_again",     "POST", "share",       "403 403 403 403 403 403 302 403 403 403", WHO_IS_MISSING),
    Row("census:move_stairwell",  "POST", "share",       "403 403 403 403 403 403 302 403 403 403", STAIRWELL),
    Row("census:channels",        "GET",  "",            "302 403 200 200 200 200 200 403 403 403"),
    Row("census:choose_channels", "GET",  "compound",    "302 403 403 403 403 403 200 403 403 403"),
    Row("census:choose_channels", "POST", "compound",    "403 403 403 403 403 403 302 403 403 403"),
    Row("census:calls",           "GET",  "",            "302 403 200 200 200 403 200 403 403 403"),
    Row("census:next_call",       "POST", "",            "403 403 302 302 302 403 302 403 403 403"),
    Row("census:call",            "GET",  "door",        "302 403 302 404 404 403 302 403 403 403"),
    Row("census:call",            "POST", "door",        "403 403 302 404 404 403 302 403 403 403", {"result": "busy"}),
    Row("census:intercom",        "GET",  "",            "302 403 200 200 200 200 200 403 403 403"),
    Row("census:intercom_panel",  "GET",  "building",    "302 403 200 404 404 200 200 403 403 403"),
    Row("census:ring",            "GET",  "door",        "302 403 200 404 404 200 200 403 403 403"),
    Row("census:ring",            "POST", "door",        "403 403 302 404 404 302 302 403 403 403", ONE_PERSON),
    Row("census:report",          "GET",  "code",        "200 200 200 200 200 200 200 200 200 200"),
    Row("census:report",          "POST", "code",        "200 200 200 200 200 200 200 200 200 200"),
    Row("census:report_back",     "GET",  "code",        "200 200 200 200 200 200 200 200 200 200"),
    Row("census:report_back",     "POST", "code",        "422 422 422 422 422 422 422 422 422 422"),
    Row("census:online",          "GET",  "",            "302 403 403 403 403 200 200 403 403 403"),
    Row("census:report_links_open", "POST", "",          "403 403 403 403 403 403 302 403 403 403", NEXT),
    Row("census:report_link_close", "POST", "link",      "403 403 403 403 403 403 302 403 403 403"),
    Row("census:report_link_reissue", "POST", "link",    "403 403 403 403 403 403 302 403 403 403"),
    Row("census:report_poster",   "GET",  "link",        "302 403 403 403 403 200 200 403 403 403"),
    Row("census:report_posters",  "GET",  "community",   "302 403 403 403 403 200 200 403 403 403"),
    Row("census:reports",         "GET",  "",            "302 403 403 403 403 200 200 403 403 403"),
    Row("census:reports_aside",   "POST", "",            "403 403 403 403 403 302 302 403 403 403", THAT_REPORT),
    Row("census:report_numbers",  "POST", "report",      "403 403 404 404 404 403 200 403 403 403"),
    Row("census:report_place",    "POST", "report",      "403 403 403 403 403 302 302 403 403 403", THAT_DOOR),
    Row("census:report_undo",     "POST", "decision",    "403 403 403 403 403 302 302 403 403 403"),
    Row("census:questions",       "GET",  "",            "302 403 200 200 200 200 200 200 200 200"),
    Row("census:questions",       "POST", "",            "302 403 403 403 403 403 422 403 422 422"),
    Row("census:question_set",    "GET",  "questions",   "302 403 200 200 404 200 200 200 200 404"),
    Row("census:question_workbook", "GET", "questions",  "302 403 200 200 404 200 200 200 200 404"),
    Row("census:shipped_workbook", "GET", "shipped",     "302 403 200 200 200 200 200 200 200 200"),
    Row("census:take_shipped",    "POST", "shipped",     "403 403 403 403 403 403 303 403 303 303"),
    Row("census:choose_questions", "POST", "",           "403 403 403 403 403 403 404 403 303 404", CAMPAIGN),
    Row("census:containers",      "GET",  "",            "302 403 200 200 200 200 200 403 403 403"),
    Row("census:photo",           "GET",  "photo",       "302 403 200 404 404 200 200 403 403 403"),
    Row("registry:lists",         "GET",  "",            "302 403 403 403 403 200 200 403 403 403"),
    Row("registry:import_start",  "GET",  "",            "302 403 403 403 403 200 200 403 403 403"),
    Row("registry:import_start",  "POST", "",            "302 403 403 403 403 422 422 403 403 403"),
    Row("registry:file_loose",    "POST", "",            "403 403 403 403 403 303 303 403 403 403"),
    Row("registry:accept_many",   "GET",  "",            "302 403 403 403 403 200 200 403 403 403"),
    Row("registry:accept_many",   "POST", "",            "403 403 403 403 403 303 303 403 403 403"),
    Row("registry:type_start",    "GET",  "",            "302 403 403 403 403 200 200 403 403 403"),
    Row("registry:typed",         "GET",  "compound",    "302 403 403 403 403 200 200 403 403 403"),
    Row("registry:typed",         "POST", "compound",    "403 403 403 403 403 200 200 403 403 403"),
    Row("registry:undo",          "GET",  "file",        "302 403 403 403 403 200 200 403 403 403"),
    Row("registry:undo",          "POST", "accepted",    "403 403 403 403 403 303 303 403 403 403"),
    Row("registry:changes",       "GET",  "file",        "302 403 403 403 403 200 200 403 403 403"),
    Row("registry:columns",       "GET",  "file",        "302 403 403 403 403 200 200 403 403 403"),
    Row("registry:columns",       "POST", "file",        "403 403 403 403 403 303 303 403 403 403", COLUMNS),
    Row("registry:aside",         "GET",  "file",        "302 403 403 403 403 200 200 403 403 403"),
    Row("registry:aside",         "POST", "file",        "403 403 403 403 403 200 200 403 403 403"),
    Row("registry:settle",        "POST", "file",        "403 403 403 403 403 303 303 403 403 403", NO_ROWS),
    Row("registry:take_back",     "POST", "accepted",    "403 403 403 403 403 303 303 403 403 403", THAT_ROW),
    Row("registry:review",        "GET",  "file",        "302 403 403 403 403 200 200 403 403 403"),
    Row("registry:show_numbers",  "POST", "file",        "403 403 403 403 403 403 200 403 403 403"),
    Row("registry:progress",      "GET",  "work",        "302 403 403 403 403 200 200 403 403 403"),
    Row("registry:drop",          "POST", "work",        "403 403 403 403 403 303 303 403 403 403"),
    Row("registry:finish",        "POST", "file",        "403 403 403 403 403 303 303 403 403 403"),
    Row("registry:accept",        "POST", "file",        "403 403 403 403 403 303 303 403 403 403"),
    Row("registry:discard",       "POST", "file",        "403 403 403 403 403 303 303 403 403 403"),
    Row("registry:numbers",       "POST", "door",        "403 403 200 404 404 403 200 403 403 403"),
    Row("registry:search",        "GET",  "",            "302 403 200 200 200 200 200 403 403 403"),
    Row("registry:search",        "POST", "",            "403 403 200 200 200 200 200 403 403 403", {"q": "1-1-101"}),
    Row("accounts:lock",          "POST", "",            "403 303 303 303 303 303 303 303 303 303"),
    Row("accounts:unlock",        "POST", "",            "403 423 423 423 423 423 423 423 423 423", {"password": "x"}),
    Row("audit:ledger",           "GET",  "",            "302 403 403 403 403 403 200 403 200 200"),
    Row("response:keys",          "GET",  "",            "302 403 403 403 403 403 403 403 200 200"),
    Row("response:end",           "POST", "emergency",   "403 403 403 403 403 403 403 403 303 404", BY_PASSWORD),
    Row("response:propose",       "POST", "emergency",   "403 403 403 403 403 403 403 403 409 404", BY_PASSWORD),
    Row("response:confirm",       "POST", "emergency",   "403 403 403 403 403 403 403 403 409 404", BY_PASSWORD),
    Row("response:register_copy", "POST", "emergency",   "403 403 403 403 403 403 403 403 303 404", {"place": "x"}),
    Row("response:copy_destroyed", "POST", "copy",       "403 403 403 403 403 403 403 403 303 404"),
    Row("web:ping",               "GET",  "",            "200 200 200 200 200 200 200 200 200 200"),
    Row("account_login",          "GET",  "",            "200 302 302 302 302 302 302 302 302 302"),
    Row("account_logout",         "GET",  "",            "302 200 200 200 200 200 200 200 200 200"),
    Row("account_logout",         "POST", "",            "302 302 302 302 302 302 302 302 302 302"),
    Row("account_change_password", "GET", "",            "302 200 200 200 200 200 200 200 200 200"),
    Row("set_language",           "POST", "",            "302 302 302 302 302 302 302 302 302 302", {"language": "en"}),
)
# fmt: on


@pytest.fixture
def made(cast: Cast) -> Made:
    declared = declare_buildings(cast.director, compound_id=cast.compound.pk, line="7号楼 1单元2层每层2户")
    attempt = record_attempt(cast.worker, door_id=cast.door.pk, result=Result.NO_ANSWER)
    accepted = staged(cast.director, cast.compound, encoded("房号,姓名\n9-1-101,王建国\n,张无门\n"))
    accept_file(cast.director, file_id=accepted.pk)
    drawn = given_out(cast)
    row = row_id(accepted.pk, 3, None)
    put_right(cast.director, file_id=accepted.pk, rows=[PutRight(row)])
    sheet = uuid.uuid4()
    typed(cast.worker, cast.compound, Cells("1-1-102", "w"), sheet_id=sheet)
    # Everybody's doors by day: a door tried in the evening is for the evening only, and these are all untried.
    team = [cast.worker.person_id, cast.director.person_id]
    shared = share_walk(cast.director, path=cast.compound.place.path, slot="day", people=team, minutes_each=480)
    walker = ShareDoor.objects.get(share=shared, door=cast.door_of(cast.compound, "1-1-301")).person_id
    assert walker
    (link,) = open_links(cast.director, place_ids=[cast.compound.pk])
    report, other = parked_report(link, "909"), parked_report(link, "910")
    (decision,) = set_aside_reports(cast.typist, report_ids=[other])
    return Made(
        compound=cast.compound.pk,
        building=cast.building.pk,
        door=cast.door.pk,
        attempt=attempt.pk,
        log=taken(cast, line("1-1-102", "没人"), line("1-1-103", "登记")).log.pk,
        declaration=declared.id,
        file=staged(cast.director, cast.compound).pk,
        work=failed_work(cast.director, cast.compound),
        accepted=accepted.pk,
        put_right=row,
        emergency=cast.emergency.pk,
        recheck=drawn.recheck_id,
        drawn=drawn.pk,
        seal=set_seal(cast.worker, door_id=cast.door_of(cast.compound, "1-1-102").pk, number="7").pk,
        campaign=cast.campaign.pk,
        second=open_campaign(cast.director, path=COMMUNITY, name="第二轮").pk,
        sheet=sheet,
        check=draw_check(cast.director, compound_id=cast.compound.pk, day=localdate(), percent=100).pk,
        copy=register_copies(cast.county_officer, key_ids=[cast.emergency.key_id], place="保险柜")[0].pk,
        batch=print_sheets(cast.director, kind="form", path=cast.compound.place.path, blank=1).pk,
        came_in=log_call(cast.director, path=COMMUNITY, taken=False).pk,
        share=shared.pk,
        walker=walker,
        other_walker=next(person for person in shared.people if person != walker),
        compound_next=cast.compound_next.pk,
        community=Place.objects.get(path=COMMUNITY).pk,
        link=link.pk,
        code=link.code,
        report=report,
        decision=decision.pk,
        questions=uploaded(cast.director).pk,
        shipped="flood-evacuation",
        photo=keep_pictures(cast.worker, attempt_id=attempt.pk, pictures={"": photograph((30, 20))})[0].pk,
    )


def answer(cast: Cast, made: Made, row: Row, person: str, about: uuid.UUID | None = None) -> Any:
    """What a person is answered; whatever it changed is taken back."""
    arguments = [about or getattr(made, row.about)] if row.about else []
    with transaction.atomic():
        client = Client() if person == "stranger" else getattr(cast, person).client()
        asked = client.get if row.method == "GET" else client.post
        data = {key: str(getattr(made, said[1:])) if said[:1] == "@" else said for key, said in row.data.items()}
        found = asked(reverse(row.name, args=arguments), data)
        transaction.set_rollback(True)
    return found


def names_of(patterns: list[Any], space: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from names_of(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}"


def title(row: Row) -> str:
    return f"{row.method} {row.name}"


def test_every_route_has_its_row() -> None:
    assert set(names_of(get_resolver().url_patterns)) == {row.name for row in TABLE}


def test_every_row_answers_everybody() -> None:
    assert {title(row): len(row.answers.split()) for row in TABLE} == {title(row): len(PEOPLE) for row in TABLE}


@pytest.mark.parametrize("row", TABLE, ids=title)
def test_route_answers_each_as_the_table_says(cast: Cast, made: Made, row: Row) -> None:
    found = {person: answer(cast, made, row, person).status_code for person in PEOPLE}
    assert found == dict(zip(PEOPLE, map(int, row.answers.split()), strict=True))


@pytest.mark.parametrize("row", [row for row in TABLE if row.about], ids=title)
def test_what_does_not_exist_is_answered_like_what_is_elsewhere(cast: Cast, made: Made, row: Row) -> None:
    """By address alone nobody learns which doors, lists or attempts there are."""
    for person, status in zip(PEOPLE, row.answers.split(), strict=True):
        missing = answer(cast, made, row, person, uuid.uuid4())
        expected = {"200": {404}, "302": {302 if person == "stranger" else 404}, "303": {404}, "404": {404}}
        # Forbidden: the role (whatever is asked for), or one's own area but somebody else's fact.
        assert missing.status_code in expected.get(status, {403, 404}), person
        if status == "404":
            elsewhere = answer(cast, made, row, person)
            assert words(missing) == words(elsewhere), person


@pytest.mark.parametrize("row", [row for row in TABLE if ":" in row.name], ids=title)
def test_other_methods_are_refused(cast: Cast, made: Made, row: Row) -> None:
    taken = {other.method for other in TABLE if other.name == row.name}
    address = reverse(row.name, args=[getattr(made, row.about)] if row.about else [])
    client = cast.director.client()
    asked: dict[str, Callable[[str], Any]] = {"GET": client.get, "POST": client.post, "DELETE": client.delete}
    for method in asked.keys() - taken:
        assert asked[method](address).status_code == 405, method


def words(response: Any) -> str:
    """The error a page says, without what differs between any two pages."""
    return str(response.context["text"]) if response.context else ""
