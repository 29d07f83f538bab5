"""Phones that act for somebody with no network: how they come in, what they may, and what is known of each."""
