"""What can go wrong before there is a database to talk to."""


class DatabaseStartError(Exception):
    """The embedded database cannot be started; the message says what to do about it."""
