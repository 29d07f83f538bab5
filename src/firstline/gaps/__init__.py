"""What is missing and who is to see to it, collected from every app."""
