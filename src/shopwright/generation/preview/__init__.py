"""The live preview of a theme: built again when a file changes, shown in an open page that follows."""
