"""The public table as files: the selection and the order of its address, as data to work with."""
