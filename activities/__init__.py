"""What the workflows make happen outside of themselves: rows, documents, mail. Text is made here."""
