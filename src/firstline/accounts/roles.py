"""Roles and what each may do. Permissions are the names of actions, and of the reading that needs a hat."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from firstline.kernel.actors import KNOW_RESIDENTS


class Role(TextChoices):
    CITY_OFFICER = "city_officer", _("City officer")
    COUNTY_OFFICER = "county_officer", _("County officer")
    SUBDISTRICT_CLERK = "subdistrict_clerk", _("Subdistrict clerk")
    COMMUNITY_DIRECTOR = "community_director", _("Community director")
    GRID_WORKER = "grid_worker", _("Grid worker")
    INFORMATION_CLERK = "information_clerk", _("Information clerk")
    RECHECKER = "rechecker", _("Second enumerator")


_READ_PLACES = {"places.read", "gaps.read", "response.read_answers", "response.read_phone"}
# Saying “I have it”, or that a gap is wrong; a wrong one is set aside by whoever stands above the doors.
_GAPS = {"gaps.take", "gaps.give_back", "gaps.hand_over", "gaps.dispute"}
_SETTLE_GAPS = {"gaps.settle_dispute"}
# Boards are for whoever answers for other people's work.
_BOARDS = {"gaps.read_boards"}
_AT_THE_DOOR = {
    KNOW_RESIDENTS,
    "census.read",
    "census.record_attempt",
    "census.void_attempt",
    "census.keep_pictures",
    "registry.read_mentions",
    "registry.search",
}
# A sample of buildings is enumerated again, by people who see nothing of the first result there.
_RECHECK = {"census.draw_recheck", "census.assign_recheck", "census.decide_recheck"}
_ENUMERATE_AGAIN = {"census.record_finding", "census.close_recheck"}
# What is seen of a door without knocking.
_WATCH = {"census.set_seal", "census.check_seal", "census.count_lights"}
# Ringing households whose numbers are known; who may not see numbers cannot.
_CALLS = {"census.take_call", "registry.reveal_numbers"}
# Who goes where, and how each compound is reached.
_TEAMS = {"census.share_walk", "census.share_again", "census.move_stairwell", "census.choose_channels"}
# What is asked at the doors, written by the office.
_QUESTIONS = {"census.upload_questions", "census.choose_questions"}
# What settles how a community's census goes.
_CAMPAIGNS = {
    "census.manage_campaigns",
    "census.open_campaign",
    "census.lead_with",
    "census.end_campaign",
    "census.freeze_frame",
    "census.change_rules",
    "census.add_round",
}
# Many attempts at once: what a log, a list or an evening's typing brings.
_MANY_ATTEMPTS = {"census.record_many", "census.void_many"}
# Forms under doors and notices on them; what stands on a form is typed in at the desk.
_PAPER = {
    "census.read_sheets",
    "census.hand_out_sheet",
    "census.fetch_sheets",
    "census.lose_sheets",
    "census.take_back_sheet_step",
}
_PAPER_DESK = {"census.enter_sheet", "census.spoil_sheets"}
# Whoever may have the community's phone; only at a community's own grant do these reach its calls.
_CALLBACKS = {
    "census.read_calls",
    "census.log_call",
    "census.call_back",
    "census.complete_call",
    "census.close_call",
    "census.take_back_call_step",
    "census.hand_over_number",
}
# Papers typed at the desk, by whoever brought them or by a clerk; and typed again by another person.
_NIGHT = {
    "census.enter_rows",
    "census.take_back_rows",
    "census.read_entry_checks",
    "census.enter_again",
    "registry.keep_draft",
}
# What decides how far typing is to be trusted.
_ENTRY_CHECKS = {"census.draw_check", "census.decide_difference"}
# What households report online and nobody could place at once.
_REPORTS = {
    "census.read_reports",
    "census.place_report",
    "census.set_aside_reports",
    "census.undo_report_decision",
}
_REPORT_LINKS = {"census.open_report_links", "census.close_report_link", "census.reissue_report_link"}
_LOGS = {
    "census.read_logs",
    "census.stage_log",
    "census.accept_log",
    "census.finish_log",
    "census.discard_log",
    "census.take_back_log",
    "census.settle_rows",
    "census.unsettle_rows",
    "census.choose_word",
}
_FRAME = {"places.walk_frame", "places.reveal_contacts", "places.edit_compound"}
# What somebody at the doors, or at the desk with the list in hand, finds otherwise than it stands.
_DWELLINGS = {"places.add_door", "places.add_home", "places.merge_doors", "places.split_door"}
_LISTS = {
    "registry.read_lists",
    "registry.stage_file",
    "registry.hand_in_file",
    "registry.drop_import",
    "registry.accept_file",
    "registry.discard_file",
    "registry.choose_columns",
    "registry.keep_loose_file",
    "registry.end_loose_file",
    "registry.keep_draft",
    "registry.void_file",
    "registry.put_right",
    "registry.take_back",
}
# What other people's lists name in passing.
_PROPOSALS = {
    "places.learn_names",
    "places.propose_doors",
    "places.settle_proposals",
    "places.accept_proposals",
    "places.refuse_proposals",
}
_PLAN = {
    "places.create_compound",
    "places.import_compounds",
    "places.describe_compound",
    "places.declare_buildings",
    "places.withdraw_declaration",
}

_DIVISIONS = {
    "places.create_place",
    "places.enter_villages",
    "places.rename",
    "places.renumber",
    "places.merge",
    "places.split",
    "accounts.follow_succession",
    "response.follow_succession",
}

# Phones that act for somebody with no network. Who takes one away need not be who gave it.
_WATCH_DEVICES = {
    "accounts.read_devices",
    "accounts.revoke_device",
    "accounts.ask_wipe",
    "accounts.end_wipe",
    "accounts.settle_loss",
}
_GIVE_DEVICES = {"accounts.invite_device", "accounts.extend_device", "accounts.move_device"}

# Whoever works outside signs in and out; at the desk it is done for those without a phone.
_DUTY = {"workforce.sign_in", "workforce.sign_out"}
_DUTY_DESK = {"workforce.read", "workforce.sign_for"}
# Who there is: lists of the people who answer, their organisations and teams.
_STAFF = {
    "workforce.read_staff",
    "workforce.bring_people",
    "workforce.fix_people",
    "workforce.discard_people",
    "workforce.accept_people",
    "workforce.take_back_people",
    "workforce.regroup",
}
# What phones handed in and could not be recorded by itself.
_KEPT = {"sync.read_kept", "sync.decide_kept"}

# Who answers: each level is named by its own and, for villages without a login, by the township; the county names whom
# it sends to a village, and the leaders of checkpoints.
_NAME_ANSWERS = {
    "response.assign",
    "response.hand_over",
    "response.end_responsibility",
    "response.take_back",
    "response.record_absence",
    "response.end_absence",
    "accounts.enrol_person",
    "accounts.put_right",
    "accounts.restore_details",
    "accounts.say_left",
}
_NAME_AT_COUNTY = {"response.name_county", "response.name_township", "response.name_sent"}
_NAME_AT_TOWNSHIP = {"response.name_township", "response.name_village"}
_ANSWER_RULES = {"response.set_load_limit", "response.name_five_role"}
# The five round a household are known to those who may know the household.
_SEE_HOUSEHOLDS = {"response.read_households"}
_KEEP_HOUSEHOLDS = {"response.keep_household", "response.name_five", "response.release_household"}
# Whoever has a role is told what concerns it, and chooses how.
_MESSAGES = {"notify.read", "notify.read_all", "notify.unread", "notify.choose"}
# Everybody's own page: how they are reached, and when they are away.
_OWN = {"accounts.put_own_right", "response.record_own_absence", "response.end_own_absence"}
# Robots of the chat groups of one's places.
_ROBOTS = {
    "notify.read_robots",
    "notify.add_robot",
    "notify.test_robot",
    "notify.pause_robot",
    "notify.remove_robot",
}

# Destroying the keys of an emergency takes two people who hold this; each emergency belongs to one place.
_KEYS = {
    "response.read_keys",
    "response.register_copies",
    "response.copy_destroyed",
    "response.propose_destruction",
    "response.confirm_destruction",
}

# Levels are the county's. A township may order more than stands for it; whoever works below reads what holds.
_READ_LEVELS = {"response.read_levels"}
_MEASURES = {"response.order_measure", "response.renew_measure", "response.lift_measure"}
_LEVELS = {
    "response.declare",
    "response.end",
    "response.call_off_end",
    "response.raise_level",
    "response.lower_level",
    "response.take_back_level",
    "response.lead_with",
    "response.change_catalogue",
}

# What counties confirm; the level above them sees figures, and nobody's rows.
_READ_CONFIRMED = {"gaps.read_confirmed"}

PERMISSIONS: dict[Role, frozenset[str]] = {
    Role.CITY_OFFICER: frozenset(_READ_CONFIRMED | {"gaps.read_as_city"} | _MESSAGES | _OWN),
    Role.COUNTY_OFFICER: frozenset(
        _READ_PLACES
        | _GAPS
        | _SETTLE_GAPS
        | _BOARDS
        | _DIVISIONS
        | _KEYS
        | _LEVELS
        | _READ_LEVELS
        | _MEASURES
        | _MESSAGES
        | _OWN
        | _ROBOTS
        | _CAMPAIGNS
        | _QUESTIONS
        | _WATCH_DEVICES
        | _NAME_ANSWERS
        | _STAFF
        | _NAME_AT_COUNTY
        | _ANSWER_RULES
        | {
            "sync.read_kept",
            "census.read",
            "audit.read_ledger",
            "audit.export_ledger",
            "accounts.enrol_person",
            "accounts.grant_role",
            "accounts.end_grant",
            "gaps.change_rules",
            "gaps.confirm_counts",
            *_READ_CONFIRMED,
            "accounts.reset_second_factor",
            "response.rotate_key",
        }
    ),
    Role.SUBDISTRICT_CLERK: frozenset(
        _READ_PLACES
        | _READ_LEVELS
        | _GAPS
        | _SETTLE_GAPS
        | _BOARDS
        | _MEASURES
        | _MESSAGES
        | _OWN
        | _NAME_ANSWERS
        | _STAFF
        | _NAME_AT_TOWNSHIP
        | {"census.read"}
    ),
    Role.COMMUNITY_DIRECTOR: frozenset(
        _READ_PLACES
        | _READ_LEVELS
        | _GAPS
        | _SETTLE_GAPS
        | _BOARDS
        | _AT_THE_DOOR
        | _RECHECK
        | _WATCH
        | _NIGHT
        | _ENTRY_CHECKS
        | _FRAME
        | _DWELLINGS
        | _LISTS
        | _PROPOSALS
        | _PLAN
        | _CALLS
        | _TEAMS
        | _CAMPAIGNS
        | _QUESTIONS
        | _MANY_ATTEMPTS
        | _REPORTS
        | _REPORT_LINKS
        | _LOGS
        | _PAPER
        | _PAPER_DESK
        | _CALLBACKS
        | _WATCH_DEVICES
        | _GIVE_DEVICES
        | _DUTY
        | _DUTY_DESK
        | _KEPT
        | _NAME_ANSWERS
        | _STAFF
        | _SEE_HOUSEHOLDS
        | _KEEP_HOUSEHOLDS
        | _MESSAGES
        | _OWN
        | _ROBOTS
        | {
            "census.print_sheets",
            "census.set_number",
            "census.void_others_attempt",
            "response.name_village",
            "audit.read_ledger",
            "audit.export_ledger",
            "accounts.enrol_person",
            "accounts.grant_role",
            "accounts.end_grant",
            "accounts.reset_second_factor",
        }
    ),
    Role.GRID_WORKER: frozenset(
        _READ_PLACES
        | _READ_LEVELS
        | _GAPS
        | _AT_THE_DOOR
        | _WATCH
        | _NIGHT
        | _MANY_ATTEMPTS
        | _FRAME
        | _DWELLINGS
        | _CALLS
        | _PAPER
        | _CALLBACKS
        | _DUTY
        | _SEE_HOUSEHOLDS
        | _MESSAGES
        | _OWN
    ),
    Role.INFORMATION_CLERK: frozenset(
        _READ_PLACES
        | _READ_LEVELS
        | _GAPS
        | _AT_THE_DOOR
        | _WATCH
        | _NIGHT
        | _LISTS
        | _PROPOSALS
        | _DWELLINGS
        | _MANY_ATTEMPTS
        | _REPORTS
        | _LOGS
        | _PAPER
        | _PAPER_DESK
        | _CALLBACKS
        | _MESSAGES
        | _OWN
        | {"places.reveal_contacts"}
    ),
    # Neither places nor the census: whoever is to see with their own eyes is shown numbers of doors and no more.
    Role.RECHECKER: frozenset(_ENUMERATE_AGAIN | _MESSAGES | _OWN),
}
