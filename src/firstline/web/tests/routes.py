"""The table of routes: what each address answers to each of PEOPLE (see ``test_routes``)."""

from dataclasses import dataclass, field

from firstline.testing.cast import COMMUNITY, PASSWORD


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

SIGNS = {"step": "in", "path": COMMUNITY}
SIGNS_FOR = {**SIGNS, "person": "@walker"}

NEW_CAMPAIGN, ROUND = {"path": COMMUNITY, "name": "返乡人员"}, {"name": "第二轮"}
RULES = {"form_days": "2"}

AT_HOME = {"path": COMMUNITY}
THAT_COUNTY = {"at": COMMUNITY[:6]}
A_PHONE = {"person": "@walker", "path": COMMUNITY, "hats": "doors", "until": "open"}
BY_PASSWORD = {"password": PASSWORD}

# fmt: off
TABLE = (
    #                                                   stra laps work next else typi dire cler coun othe
    Row("gaps:home",              "GET",  "",            "302 403 200 200 200 200 200 200 200 200"),
    Row("gaps:board",             "GET",  "",            "302 403 403 403 403 403 200 200 200 200"),
    Row("gaps:board_part",        "GET",  "",            "302 403 403 403 403 403 200 200 200 200"),
    Row("gaps:confirmed",         "GET",  "",            "302 403 403 403 403 403 403 403 200 200"),
    Row("gaps:confirm",           "POST", "",            "403 403 403 403 403 403 403 403 303 404", THAT_COUNTY),
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
    Row("web:field",              "GET",  "",            "200 200 200 200 200 200 200 200 200 200"),
    Row("web:field_worker",       "GET",  "",            "200 200 200 200 200 200 200 200 200 200"),
    Row("web:field_manifest",     "GET",  "",            "200 200 200 200 200 200 200 200 200 200"),
    Row("account_login",          "GET",  "",            "200 302 302 302 302 302 302 302 302 302"),
    Row("workforce:duty",         "GET",  "",            "302 403 200 200 200 403 200 403 403 403"),
    Row("workforce:sign",         "POST", "",            "403 403 404 404 404 403 303 403 403 403", SIGNS),
    Row("workforce:sign_for",     "POST", "",            "403 403 403 403 403 403 303 403 403 403", SIGNS_FOR),
    Row("accounts:devices",       "GET",  "",            "302 403 403 403 403 403 200 403 200 200"),
    Row("accounts:device",        "GET",  "device",      "302 403 403 403 403 403 200 403 200 404"),
    Row("accounts:invite_device", "GET",  "",            "302 403 403 403 403 403 200 403 403 403"),
    Row("accounts:invite_device", "POST", "",            "403 403 403 403 403 403 200 403 403 403", A_PHONE),
    Row("accounts:invitation",    "GET",  "invitation",  "302 403 403 403 403 403 200 403 403 403"),
    Row("accounts:extend_device", "POST", "device",      "403 403 403 403 403 403 302 403 403 403", {"until": "open"}),
    Row("accounts:move_device",   "POST", "device",      "403 403 403 403 403 403 302 403 403 403", AT_HOME),
    Row("accounts:revoke_device", "POST", "device",      "403 403 403 403 403 403 302 403 302 404"),
    Row("accounts:wipe_device",   "POST", "device",      "403 403 403 403 403 403 302 403 302 404"),
    Row("accounts:keep_device",   "POST", "device",      "403 403 403 403 403 403 302 403 302 404"),
    Row("accounts:settle_loss",   "POST", "device",      "403 403 403 403 403 403 302 403 302 404"),
    Row("sync:alive",             "GET",  "",            "200 200 200 200 200 200 200 200 200 200"),
    Row("sync:enrol",             "POST", "",            "422 422 422 422 422 422 422 422 422 422"),
    Row("sync:wiped",             "POST", "",            "401 401 401 401 401 401 401 401 401 401"),
    Row("sync:changes",           "GET",  "",            "401 401 401 401 401 401 401 401 401 401"),
    Row("sync:commands",          "POST", "",            "401 401 401 401 401 401 401 401 401 401"),
    Row("sync:parcels",           "POST", "",            "401 401 401 401 401 401 401 401 401 401"),
    Row("sync:kept",              "GET",  "",            "302 403 403 403 403 403 200 403 200 200"),
    Row("sync:decide",            "POST", "",            "403 403 403 403 403 403 404 403 403 403"),
    Row("sync:reopen",            "POST", "",            "403 403 403 403 403 403 404 403 403 403"),
    Row("account_logout",         "GET",  "",            "302 200 200 200 200 200 200 200 200 200"),
    Row("account_logout",         "POST", "",            "302 302 302 302 302 302 302 302 302 302"),
    Row("account_change_password", "GET", "",            "302 200 200 200 200 200 200 200 200 200"),
    Row("set_language",           "POST", "",            "302 302 302 302 302 302 302 302 302 302", {"language": "en"}),
)
# fmt: on
