"""Pure decisions of candidates: the life of an application, and when two addresses are one."""
