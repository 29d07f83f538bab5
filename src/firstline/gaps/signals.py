"""What others may hear of gaps, in the transaction in which it happens."""

from django.dispatch import Signal

# sender, sweep, actor: a sweep changed something.
gaps_changed = Signal()
