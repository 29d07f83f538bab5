"""Lists of the people who answer: brought in, looked at row by row, accepted as one, taken back."""
