"""What identifies our own people, put right: what stood there until then is kept, sealed, with when and by whom."""
