"""Outcome rates of a census after the AAPOR Standard Definitions: formulas (pure), the command, the pages."""
