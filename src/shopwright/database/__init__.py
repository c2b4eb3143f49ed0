"""MongoDB: the server, the connection, documents and their schema, backup."""
