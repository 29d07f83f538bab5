"""Lit windows at night against the list: whoever has light is there, whatever the census holds of the door."""
