"""The papers of the decree: which there are, how each is made, what it depends on, what it replaces."""
