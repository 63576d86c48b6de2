"""Pages of acts and threads."""
