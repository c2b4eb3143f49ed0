"""From declarations to what the server enforces: validators and indexes, installed and compared."""
