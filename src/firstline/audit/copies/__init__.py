"""Copies of the ledger that leave: written while they are sent, kept nowhere, each marked so that it can be traced."""
