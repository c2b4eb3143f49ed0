"""The audit log: what was done with templates, by whom and with what outcome, in a record nobody changes unseen."""
