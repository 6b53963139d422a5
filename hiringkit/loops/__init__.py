"""Loops: a template comes in, a frozen plan of stages and competencies goes out; next: interviews."""
