"""What upper apps hear from here."""

from django.dispatch import Signal

# Sent inside the transaction of the declaration, so that what an upper app opens for it (the default campaign)
# exists with it or not at all. Arguments: emergency, actor.
emergency_declared = Signal()
