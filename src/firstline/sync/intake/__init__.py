"""What devices hand in: from the body of a request to one answer a command (``docs/protocol/sync.md`` section 4)."""
