"""Who is who in one tenant, joined from its parts: signing in and out, factors, passwords, staff, service keys."""
