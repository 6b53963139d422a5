"""Pure decisions of the public side: what is searched for, how a rule reads, and the same facts for machines."""
