"""What comes of deriving states again from facts: proof that what is stored is what the facts add up to."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Difference:
    """Something stored that the facts do not add up to: the place, what was stored, what follows from the facts."""

    path: str
    stored: str
    derived: str
