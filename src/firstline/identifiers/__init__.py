"""Pure readings of what people write: numbers, plates, names, doors. No Django, no database.

Every reader takes whatever a cell held, never raises on it, and says in stable codes what
it found wrong. A *problem* is something a standard forbids (a check digit, a date); a
*warning* is something only a table or a habit speaks against. Neither turns a person away.
"""
