"""Writing: telling, reading, choosing how to be told, and the robots of a place's groups."""

from firstline.notify.preferring import Wish, choose
from firstline.notify.reading import read, read_all, unread
from firstline.notify.robots import add_robot, pause_robot, remove_robot, test_robot
from firstline.notify.telling import Telling, tell, tell_many

__all__ = [
    "Telling",
    "Wish",
    "add_robot",
    "choose",
    "pause_robot",
    "read",
    "read_all",
    "remove_robot",
    "tell",
    "tell_many",
    "test_robot",
    "unread",
]
