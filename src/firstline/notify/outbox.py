"""That something waits to go out: the worker is called once it is durable, and looks by itself every minute."""

import uuid

from firstline.kernel.actors import console
from firstline.kernel.jobs import Job

DELIVER = Job("notify.deliver")
# All that waits is delivered by one job at a time, so that nothing goes out twice.
_ALL = uuid.UUID(int=0)


def call_the_worker() -> None:
    """Have what waits delivered; called on commit, for within a transaction one caller would wait for another's end."""
    DELIVER.later(console(), _ALL)
