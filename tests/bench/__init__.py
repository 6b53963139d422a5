"""How long public pages take beside a bare Flask view in the same run; `make bench` prints it, no test judges it."""
