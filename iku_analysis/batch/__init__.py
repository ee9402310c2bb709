"""Many papers: what is to be made, on which processes or machines."""
