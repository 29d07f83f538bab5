"""Night entry: what stands on paper after a day at the doors, typed by keys alone."""
