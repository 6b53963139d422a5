"""Pure decisions of loops: stages, coverage, hours, the decision rule, and the hash of it all."""
