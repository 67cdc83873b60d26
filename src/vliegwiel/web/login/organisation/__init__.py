"""Staff come in through their own organisation (OpenID Connect, authorisation code with PKCE)."""
