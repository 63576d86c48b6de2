"""The boundary: what arrives from pages."""
