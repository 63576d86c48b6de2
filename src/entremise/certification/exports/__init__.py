"""Papers and files of the certification."""
