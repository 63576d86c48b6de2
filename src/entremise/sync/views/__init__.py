"""Pages and the phones' own interface."""
