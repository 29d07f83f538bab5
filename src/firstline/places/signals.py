"""What places ask of the apps above them."""

from django.dispatch import Signal

# Sent inside the transaction before doors are taken back, with ``door_ids``. An app whose rows name doors without a
# foreign key raises DoorsInUse from its receiver; foreign keys speak for themselves.
doors_leaving = Signal()
