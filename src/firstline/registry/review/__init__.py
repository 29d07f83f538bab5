"""The review of a list: its rows beside our reading, what is doubtful by cause, and three accounts that add up."""

from firstline.registry.review.page import context_of

__all__ = ["context_of"]
