"""Typed twice: a sample of the night is typed again by somebody else, and says how often the first was wrong."""
