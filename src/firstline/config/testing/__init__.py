"""What the test suite stands on: the database, the browser, the budget of SQL statements. pytest plugins."""
