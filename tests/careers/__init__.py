"""Tests of the room careers."""
