"""The pages: translate a request into one call of a service or query, and the answer back."""
