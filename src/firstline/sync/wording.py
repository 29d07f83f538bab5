"""How the ledger says what devices were told."""

from firstline.sync.feed import wording as _feed  # noqa: F401  # it registers itself
