"""What an office hands in, in whatever shape: read, shown with its cells, and put into a data root once accepted."""
