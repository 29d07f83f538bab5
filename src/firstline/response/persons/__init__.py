"""Pages of one person: one's own, and that on which somebody's details are put right."""
