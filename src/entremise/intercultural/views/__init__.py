"""Pages of this module, by entity."""
