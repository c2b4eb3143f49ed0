"""A tenant in one file: a ZIP with a manifest of hashes, packed from a folder and unpacked into one."""
