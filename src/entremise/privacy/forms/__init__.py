"""Forms of this module, by entity."""
