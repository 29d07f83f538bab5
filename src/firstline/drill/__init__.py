"""A synthetic community that behaves like a real one: for trying the system out, for training and for tests."""
