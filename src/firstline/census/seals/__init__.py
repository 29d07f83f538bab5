"""Seals: a numbered strip of paper on an empty door. A broken one says that somebody is back."""
