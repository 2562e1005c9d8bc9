"""Rich text of the register: a small vocabulary, stored as sanitised HTML, worked with as a tree.

`tree` holds the plain dataclasses and knows no format, `html` reads and writes HTML, `fields` holds
the model fields, `editor` the form field with the rich text editor.

`difference` compares two trees: `words` reads their words, `matching` finds what two sequences
share, and `alignment` keeps of that what a person can read.
"""
