"""Writing: telling, reading, choosing how to be told, and the robots of a place's groups."""

from firstline.notify.telling import Telling, tell, tell_many

__all__ = ["Telling", "tell", "tell_many"]
