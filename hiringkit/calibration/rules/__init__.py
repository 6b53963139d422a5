"""Pure decisions of calibration: what a valid exercise is, who passes it, and for how long."""
