"""Writing by lists of people: bring one in, put rows right, accept it, take it back, move somebody between teams."""

from firstline.workforce.lists.actions.accepting import accept_people
from firstline.workforce.lists.actions.bringing import bring_people, discard_people, fix_rows
from firstline.workforce.lists.actions.moving import regroup
from firstline.workforce.lists.actions.taking_back import take_back_people

__all__ = ["accept_people", "bring_people", "discard_people", "fix_rows", "regroup", "take_back_people"]
