"""What an operator does: back up, restore, drill it, ask the doctor. No page uses it."""
