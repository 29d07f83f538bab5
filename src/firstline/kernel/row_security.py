"""Row-level security for tables with personal data, as a migration operation."""

from django.db.migrations.operations import RunSQL

_IN_SCOPE = """
    {column} >= current_setting('firstline.lo', true) AND {column} < current_setting('firstline.hi', true)
    AND (coalesce(current_setting('firstline.ranges', true), '') = '' OR EXISTS (
        SELECT 1 FROM unnest(string_to_array(current_setting('firstline.ranges', true), ';')) AS granted
        WHERE {column} >= split_part(granted, ',', 1) COLLATE "C"
          AND {column} < split_part(granted, ',', 2) COLLATE "C"))
"""


class ScopedTable(RunSQL):
    """Force row-level security on ``table`` by its ``column`` of scope paths.

    Forced: the owner is bound too. Without scope settings no row is seen and none can be written.
    ``write_anywhere`` is for the ledger, which must take an entry also from somebody with no place (a refused login).
    """

    def __init__(self, table: str, column: str = "path", *, write_anywhere: bool = False) -> None:
        self.table, self.column, self.write_anywhere = table, column, write_anywhere
        seen = _IN_SCOPE.format(column=column)
        written = "true" if write_anywhere else seen
        super().__init__(
            [
                f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
                f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
                f"CREATE POLICY scope_read ON {table} FOR SELECT USING ({seen})",
                f"CREATE POLICY scope_insert ON {table} FOR INSERT WITH CHECK ({written})",
                f"CREATE POLICY scope_update ON {table} FOR UPDATE USING ({seen}) WITH CHECK ({written})",
                f"CREATE POLICY scope_delete ON {table} FOR DELETE USING ({seen})",
            ],
            [
                *(f"DROP POLICY scope_{verb} ON {table}" for verb in ("read", "insert", "update", "delete")),
                f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
                f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
            ],
        )

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        arguments: dict[str, object] = {"table": self.table, "column": self.column}
        if self.write_anywhere:
            arguments["write_anywhere"] = True
        return self.__class__.__name__, [], arguments
