"""Rich text of the register: a small vocabulary, stored as sanitised HTML, worked with as a tree.

`tree` holds the plain dataclasses and knows no format, `html` reads and writes HTML, `fields` holds
the model fields, `editor` the form field with the rich text editor.
"""
