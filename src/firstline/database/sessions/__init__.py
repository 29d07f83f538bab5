"""Django's backend for PostgreSQL, with sessions that are looked at instead of asked whether they are still there."""
