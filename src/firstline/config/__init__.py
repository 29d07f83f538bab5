"""Wires the apps together: settings, addresses, the server, the command line. No logic of the domain."""
