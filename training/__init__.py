"""Training recipe of Loupe's default portrait restoration models."""
