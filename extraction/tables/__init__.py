"""Numbers in tables: their row says whose they are, and the head of their column what they measure."""
