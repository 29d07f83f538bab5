"""Row-level security for tables with personal data, as a migration operation."""

from django.db.migrations.operations import RunSQL

_IN_SCOPE = """
    {column} >= current_setting('{reach}.lo', true) AND {column} < current_setting('{reach}.hi', true)
    AND (coalesce(current_setting('{reach}.ranges', true), '') = '' OR EXISTS (
        SELECT 1 FROM unnest(string_to_array(current_setting('{reach}.ranges', true), ';')) AS granted
        WHERE {column} >= split_part(granted, ',', 1) COLLATE "C"
          AND {column} < split_part(granted, ',', 2) COLLATE "C"))
"""


class ScopedTable(RunSQL):
    """Force row-level security on ``table`` by its ``column`` of scope paths.

    Forced: the owner is bound too. Without scope settings no row is seen and none can be written.
    ``write_anywhere`` is for the ledger, which must take an entry also from somebody with no place (a refused login).
    ``residents`` is for tables of residents' names and numbers: they are compared with the places where the asker
    may know residents, so an officer who answers for a whole county still sees none of them.
    """

    def __init__(
        self, table: str, column: str = "path", *, write_anywhere: bool = False, residents: bool = False
    ) -> None:
        self.table, self.column = table, column
        self.write_anywhere, self.residents = write_anywhere, residents
        seen = _IN_SCOPE.format(column=column, reach="firstline_residents" if residents else "firstline")
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
        if self.residents:
            arguments["residents"] = True
        return self.__class__.__name__, [], arguments
