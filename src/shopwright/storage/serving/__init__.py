"""Sites over HTTP, with the headers, encodings and redirects a CDN would give."""
