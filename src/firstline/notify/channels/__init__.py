"""The ways out of the house: each sends a letter and says what came of it; none of them asks the database."""
