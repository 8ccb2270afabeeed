#!/usr/bin/env python3
"""Writes samples again in the forms that programs of others write: old workbooks by xlwt, OpenDocument tables by odfpy.

    python3 -m venv v && v/bin/pip install openpyxl==3.1.5 xlwt==1.3.0 odfpy==1.4.1
    v/bin/python sample-data/foreign/make.py

What must be found in each stands beside the sample that it is made from; tests/foreign.rs says which that is. Dates are
cells of dates here, as these programs keep them.
"""

import csv
import datetime
import pathlib
import re

import openpyxl
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style
from odf.table import Table, TableCell, TableRow
from odf.text import P

SAMPLES = pathlib.Path(__file__).resolve().parent.parent
MADE = datetime.datetime(2025, 8, 1, 9, 0, 0)


def sheets_of_workbook(path):
    book = openpyxl.load_workbook(SAMPLES / path)
    return [(sheet.title, [list(row) for row in sheet.iter_rows(values_only=True)]) for sheet in book]


def sheets_of_text(path, encoding):
    with open(SAMPLES / path, encoding=encoding, newline="") as file:
        return [("Лист1", list(csv.reader(file, delimiter=";")))]


def typed(cell):
    """A date for what is written as one, as a person's program would make of it."""
    if isinstance(cell, str):
        for shape, form in [
            (r"\d\d\.\d\d\.\d{4} \d\d:\d\d:\d\d", "%d.%m.%Y %H:%M:%S"),
            (r"\d\d\.\d\d\.\d\d \d\d:\d\d:\d\d", "%d.%m.%y %H:%M:%S"),
            (r"\d\d\.\d\d\.\d{4}", "%d.%m.%Y"),
        ]:
            if re.fullmatch(shape, cell):
                when = datetime.datetime.strptime(cell, form)
                return when if "%H" in form else when.date()
        if re.fullmatch(r"\d\d:\d\d:\d\d", cell):
            return datetime.time.fromisoformat(cell)
    return cell


def write_xls(name, sheets):
    book = xlwt.Workbook(encoding="utf-8")
    styles = {
        datetime.datetime: xlwt.easyxf(num_format_str="DD.MM.YYYY HH:MM:SS"),
        datetime.date: xlwt.easyxf(num_format_str="DD.MM.YYYY"),
        datetime.time: xlwt.easyxf(num_format_str="HH:MM:SS"),
    }
    for title, rows in sheets:
        sheet = book.add_sheet(title)
        for r, row in enumerate(rows):
            for c, cell in enumerate(map(typed, row)):
                if cell is not None and cell != "":
                    sheet.write(r, c, cell, styles.get(type(cell), xlwt.Style.default_style))
    book.save(str(SAMPLES / "foreign" / name))


def write_ods(name, sheets):
    book = OpenDocumentSpreadsheet()
    book.automaticstyles.addElement(Style(name="plain", family="table-cell"))
    for title, rows in sheets:
        table = Table(name=title)
        blank = 0
        for row in rows:
            if not any(cell not in (None, "") for cell in row):
                blank += 1
                continue
            if blank:
                table.addElement(TableRow(numberrowsrepeated=blank))
                blank = 0
            line = TableRow()
            for cell in map(typed, row):
                line.addElement(ods_cell(cell))
            table.addElement(line)
        book.spreadsheet.addElement(table)
    book.save(str(SAMPLES / "foreign" / name))


def ods_cell(cell):
    if cell is None or cell == "":
        return TableCell()
    if isinstance(cell, datetime.datetime):
        made = TableCell(valuetype="date", datevalue=cell.isoformat())
    elif isinstance(cell, datetime.date):
        made = TableCell(valuetype="date", datevalue=cell.isoformat())
    elif isinstance(cell, datetime.time):
        made = TableCell(valuetype="time", timevalue=cell.strftime("PT%HH%MM%SS"))
    elif isinstance(cell, (int, float)):
        made = TableCell(valuetype="float", value=cell)
    else:
        made = TableCell(valuetype="string")
    made.addElement(P(text=str(cell)))
    return made


write_xls("beeline-older.xls", sheets_of_workbook("recipes/beeline-xls.xlsx"))
write_xls("beeline-newer.xls", sheets_of_workbook("case/beeline.xlsx"))
write_xls("mts-business.xls", sheets_of_workbook("recipes/mts-business-xlsx.xlsx"))
write_xls("t2.xls", sheets_of_text("recipes/t2-csv.csv", "windows-1251"))
write_ods("beeline-newer.ods", sheets_of_workbook("case/beeline.xlsx"))
write_ods("table.ods", sheets_of_text("case/table.csv", "windows-1251"))
