"""What places ask of the apps above them, and what they tell them."""

from django.dispatch import Signal

# Sent inside the transaction before doors are taken back, with ``door_ids``. An app whose rows name doors without a
# foreign key raises DoorsInUse from its receiver; foreign keys speak for themselves.
doors_leaving = Signal()

# Sent with ``door_ids`` before anybody decides whether they may leave. A receiver answers with the doors that its rows
# lean on, each with the reason in words: ``{door_id: "visited"}``.
doors_asked = Signal()

# Sent with ``actor`` and ``compound`` when a compound's frame is shown. A receiver answers with what it can say of the
# frame, as a list of ``places.frame_page.Beside``.
frame_shown = Signal()

# Sent inside the transaction in which doors are put on record, with ``doors``.
doors_added = Signal()

# Sent inside the transaction in which doors stop being dwellings, with ``doors``: what was counted of them counts
# no more.
doors_ended = Signal()

# Sent inside the transaction in which divisions went over into others, with ``actor``, ``predecessors`` and
# ``successors`` (paths) and ``since`` (a date): grants follow.
places_succeeded = Signal()
