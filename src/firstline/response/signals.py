"""What upper apps hear from here."""

from django.dispatch import Signal

# An emergency leads from now on (``leads_since``), by its declaration or later: sent inside that transaction, so that
# what an upper app opens for it (the default campaign) exists with it or not at all.
# Arguments: emergency, actor, since.
emergency_declared = Signal()
