"""Holds that a file is a sound PDF that can be listened to; says what it holds.

Its syntax is read by qpdf. PDF/UA-1 (ISO 14289-1) asks for tags, a language, a
title that is shown, and its mark in the metadata.
"""
import json
import sys

import pikepdf

with pikepdf.open(sys.argv[1]) as pdf:
    faults = pdf.check_pdf_syntax()
    root = pdf.Root
    with pdf.open_outline() as outline:
        bookmarks = [entry.title for entry in outline.root]
    with pdf.open_metadata() as metadata:
        part = metadata.get("pdfuaid:part")
    box = [round(float(side)) for side in pdf.pages[0].MediaBox]
    print(json.dumps({
        "faults": faults,
        "tagged": bool(root.MarkInfo.Marked) and "/StructTreeRoot" in root,
        "language": str(root.Lang),
        "titled": bool(root.ViewerPreferences.DisplayDocTitle),
        "accessible": part == "1",
        "pages": len(pdf.pages),
        "size": box[2:],
        "bookmarks": bookmarks,
    }))
