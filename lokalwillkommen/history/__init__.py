"""What was changed, by whom and when: read in words, brought back, and forgotten after some time."""
