"""Backup and recovery: consistent snapshots, the log between them, restore to a moment, rehearsal."""
