"""The page on which a planner chooses and sees."""
