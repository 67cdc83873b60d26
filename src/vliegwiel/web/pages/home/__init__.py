"""The start page, a region's home, and the pages about the site itself."""
