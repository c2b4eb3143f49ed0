"""Users who are who they say, and what each may do: people, factors, sessions, service keys, roles and permissions."""
