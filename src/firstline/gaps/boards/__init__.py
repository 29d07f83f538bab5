"""The boards: what is open, summed by place, person and kind, for every level of the three."""
