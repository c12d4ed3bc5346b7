"""The static site of one or several matrices: pages, data that they load when asked, and one script.

Nothing in it needs a network or a server: it reads the same from a disk and from any static host. The pages
say everything without the script, which adds filters, sorting, the keyboard and the panel behind a cell.
"""
