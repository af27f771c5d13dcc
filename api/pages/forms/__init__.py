"""The forms of everything that a focal point can hand in, described once, as data (see `describing`)."""
