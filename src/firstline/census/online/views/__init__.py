"""Views of online reports: the public page, and the desk's pages about what came in."""
