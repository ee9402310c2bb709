"""An agency as a whole: everything of its data root read, rolled up, held against itself."""
