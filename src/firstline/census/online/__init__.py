"""Online self-report: the public page of a compound, what households write there, and the clerk's pile of it."""
