"""`firstline doctor`: looks at a set-up and says what to mend, the worst first to be acted on."""

from firstline.operations.doctor.finding import Finding, State
from firstline.operations.doctor.visit import visit

__all__ = ["Finding", "State", "visit"]
