"""How devices that were offline and the server come to one truth (``docs/protocol/sync.md``)."""
