"""The page of translators: the texts that staff write, one language at a time."""
