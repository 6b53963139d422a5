"""Pure decisions of interviews: who may sit where, what may be booked, and at which moment."""
