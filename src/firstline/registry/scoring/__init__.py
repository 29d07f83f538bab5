"""Score how lists are read against what is really so: a world's `truth/` beside the JSON form of the readings.

    expected = expectations(Path("world-a"))        # what truth says of each door in each row
    score(answer, expected)                         # answer: the form of `firstline import --dry-run --json`

Pure, and only by the contract: nothing of the reader is used that another scorer could not see.
"""

from .score import LEAST, Goal, Measure, Miss, Score, score
from .truth import LISTS, Expected, NoTruth, expectations

__all__ = ["LEAST", "LISTS", "Expected", "Goal", "Measure", "Miss", "NoTruth", "Score", "expectations", "score"]
