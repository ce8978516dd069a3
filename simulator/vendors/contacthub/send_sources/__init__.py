"""Links between nodes and the user databases of the mailing product."""
