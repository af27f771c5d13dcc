"""What Pathfinder writes to people: mails in three languages as HTML and text, their calendar entries, letters.

Orders come as keys and values; words are made here, at the edge. Nothing in this room sends or stores anything.
"""
