"""The pages of this module: parse, call, render."""
