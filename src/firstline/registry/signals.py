"""What the registry tells the apps above it, inside the transaction in which it happened."""

from django.dispatch import Signal

# Sent with ``actor`` and ``file`` when a list begins to count, and when it is taken back.
list_accepted = Signal()
list_taken_back = Signal()
