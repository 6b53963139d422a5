"""Calibration: blind ratings of an exercise come in, dated standings go out; next: interviews."""
