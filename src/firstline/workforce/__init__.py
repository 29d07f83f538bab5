"""Who of our own people is on duty where, since when."""
