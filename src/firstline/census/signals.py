"""What the census tells its parts when something happens at a door, in the transaction in which it happens."""

from django.dispatch import Signal

# An attempt that came from a row, a call, a report or a sheet was taken back: ``attempt`` and ``actor``, who did it.
attempt_voided = Signal()
