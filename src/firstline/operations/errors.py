"""What can go wrong at the operator's console. The message is what they read: what happened, and what to do."""


class OperationError(Exception):
    """A backup, a restore or a drill cannot be done, or is not worth having; nothing half done is left."""
