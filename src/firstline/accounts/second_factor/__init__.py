"""The second factor of those who see more than one community: a code from their phone, by allauth."""
