"""Who answers: the table of three levels, deputies, hand-overs, absences, holes, and the five round one household."""
