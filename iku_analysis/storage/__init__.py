"""Where things lie: the workspace, data roots, addresses, folders of results put in place whole."""
