"""What the tests of all apps share: the fixed cast of people and the places they stand in."""
