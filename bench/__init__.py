"""How fast the public pages are, in ratios: `make bench`. See __main__.py for what is measured."""
