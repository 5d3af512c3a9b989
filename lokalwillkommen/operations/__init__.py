"""What operators need: backup, restore, the daily work, readiness, the log."""
