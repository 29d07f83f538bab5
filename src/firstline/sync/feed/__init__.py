"""What a device hears: the area, and the documents of doors that changed, from a position that misses no commit."""
