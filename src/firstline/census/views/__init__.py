"""The pages of the census: places and doors, and the campaigns they are visited in."""
