"""Grids for clerks: rows set aside are put right, short lists are typed from paper; by keys, by paste, or plainly."""
