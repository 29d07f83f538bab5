"""Stable codes of what a person should know about how a file was read; they stand in `Sheet.notes`."""

QUOTES_UNBALANCED = "quotes_unbalanced"
ENCODINGS_MIXED = "encodings_mixed"
SPLIT_BY_SPACES = "split_by_spaces"
MACROS_NOT_RUN = "macros_not_run"
LINKS_NOT_FOLLOWED = "links_not_followed"

ALL = (QUOTES_UNBALANCED, ENCODINGS_MIXED, SPLIT_BY_SPACES, MACROS_NOT_RUN, LINKS_NOT_FOLLOWED)
