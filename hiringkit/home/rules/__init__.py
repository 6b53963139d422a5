"""Pure decisions of home: the one next step of an application and of an opening, and the record in words."""
