"""The embedded PostgreSQL and the two roles. Imports no Django: it runs before settings can name a database."""
