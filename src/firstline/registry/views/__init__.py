"""The pages of lists, of rows set aside, of the numbers at a door, and search."""
