"""One module per kind of page: from a job to a draft that is ready for its template."""
