"""Opens a workbook and a Word document with readers that are no kin of ours;
says what they hold.

    read_exports.py sheet.xlsx book.docx
"""
import json
import sys

import docx
import openpyxl

workbook = openpyxl.load_workbook(sys.argv[1])
rows = list(workbook.worksheets[0].iter_rows(values_only=True))
cells = [cell for sheet in workbook.worksheets for row in sheet.iter_rows() for cell in row]
document = docx.Document(sys.argv[2])
headings = [line.text for line in document.paragraphs if line.style.name.startswith("heading")
            or line.style.name.startswith("Heading")]
print(json.dumps({
    "sheets": workbook.sheetnames,
    "rows": len(rows) - 1,
    "header": rows[0],
    "statements": [row[rows[0].index("Full Statement")] for row in rows[1:]],
    "formulas": sum(cell.data_type == "f" for cell in cells),
    "headings": headings,
    "lines": sum(bool(line.text) for line in document.paragraphs),
}))
