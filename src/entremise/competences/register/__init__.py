"""The official open-data exports of the national register (France compétences), read without trusting them. Pure."""
