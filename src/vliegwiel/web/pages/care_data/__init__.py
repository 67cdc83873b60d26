"""Care data of a region: deliver messages, see what came of them, and remove them again."""
