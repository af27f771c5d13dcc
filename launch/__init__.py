"""Starting and supervising everything that Pathfinder consists of, on one machine: `pathfinder up`."""
