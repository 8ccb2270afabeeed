#!/usr/bin/env python3
"""Draws paper/detail.pdf: a detail of an invented line by a program that is not ours, its cells in the middle of rows of
two lines. Needs reportlab. The same seed gives the same table; prints its calls, their seconds and its rows, which
tests/import/papers.rs expects."""

import datetime
import pathlib
import random

from reportlab import rl_config
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

here = pathlib.Path(__file__).parent
rl_config.invariant = 1
pdfmetrics.registerFont(TTFont("PT", str(here.parent / "typeset/fonts/PTS55F.ttf")))
style = ParagraphStyle("cell", fontName="PT", fontSize=8, leading=9.5)
random.seed(4)
rows = [["Дата и время", "Номер телефона", "Направление", "Услуга", "Длительность", "Стоимость, руб."]]
at = datetime.datetime(2025, 6, 1, 9, 0, 0)
calls = seconds = 0
for _ in range(120):
    at += datetime.timedelta(seconds=random.randint(600, 9000))
    incoming, length = random.random() < 0.6, random.randint(1, 4000)
    number = f"+7935310{random.randint(0, 9999):04}"
    sms = random.random() < 0.2
    service = "SMS" if sms else Paragraph("Голосовая связь внутри сети оператора", style)
    amount = "1" if sms else f"{length // 60}:{length % 60:02}"
    way = "Входящий" if incoming else "Исходящий"
    rows.append([at.strftime("%d.%m.%Y %H:%M:%S"), number, way, service, amount, "0,00"])
    calls, seconds = (calls, seconds) if sms else (calls + 1, seconds + length)
rows.append(["Итого", "", "", "", "", "12,00"])


def footer(canvas, document):
    canvas.setFont("PT", 8)
    canvas.drawCentredString(300, 20, f"Страница {document.page} из 5")


table = Table(rows, repeatRows=1, colWidths=[95, 85, 70, 110, 70, 70])
table.setStyle(
    TableStyle(
        [
            ("FONT", (0, 0), (-1, -1), "PT", 8),
            ("GRID", (0, 0), (-1, -1), 0.25, colors.black),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("ALIGN", (4, 0), (5, -1), "RIGHT"),
        ]
    )
)
title = [Paragraph("Детализация услуг связи за июнь 2025 года", style), Paragraph("Абонент: +79071204518", style)]
target = here / "paper" / "detail.pdf"
target.parent.mkdir(exist_ok=True)
SimpleDocTemplate(str(target), pagesize=A4).build([*title, Spacer(1, 12), table], onFirstPage=footer, onLaterPages=footer)
print(calls, seconds, len(rows) - 2)
