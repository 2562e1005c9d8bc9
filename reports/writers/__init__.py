"""Writes a `ReportDocument` as a file: one module per format, which knows only the document."""
