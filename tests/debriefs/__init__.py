"""Tests of debriefs."""
