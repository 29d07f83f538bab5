"""What a campaign asks: an XLSForm of the office, read, shown at the door, on paper and online, and checked.

Pure: `definition` (the shapes, one JSON for Python and TypeScript), `expressions`, `reading`, `workbook`, `oracle`,
`validation`, `indices`. The rest of the package is Django's: rows, pages, words.
"""
