"""Sign-in with somebody else's word: OpenID Connect, authorisation code with PKCE."""
