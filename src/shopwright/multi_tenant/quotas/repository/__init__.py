"""What is kept of quotas: who may use how much, and how much of it is used."""
