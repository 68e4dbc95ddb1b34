"""Claims in the formats that other programs read: rows of a spreadsheet, and W3C Web Annotations.

A pure library: it takes a claim as the API sends it (a JSON object) and gives back text or JSON values.
"""
