"""The `pathfinder` command. Data goes to stdout, all else to stderr; 0 done, 1 refused or failed, 2 usage."""
