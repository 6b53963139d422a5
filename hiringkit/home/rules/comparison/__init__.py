"""Openings and role profiles side by side: what each states, how they differ in words, and what can be drawn."""
