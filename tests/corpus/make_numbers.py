#!/usr/bin/env python3
"""Makes numbers.tsv: spellings of invented numbers and what the reference library reads in them.

    pip install phonenumbers==9.0.43
    python3 make_numbers.py > numbers.tsv

Columns: country of the line, spelling, E.164 by the reference. Russian mobiles are drawn from codes that the
numbering plan leaves unallotted, area codes are followed by a 0, with which no local number begins; the numbers of
other countries are drawn from blocks for fiction or ones that are not given out. Left out is what the reference
itself does not read as a number of the country (it has no rule for `00` in Russia, for one).
"""
import random
import phonenumbers
from phonenumbers import PhoneNumberFormat as Form

rng = random.Random(20260819)
MOBILE = [907, 935, 940, 943, 944, 945, 946, 947, 948, 956, 957, 972, 973, 974, 975, 976, 998]
AREA = [301, 341, 343, 347, 351, 383, 391, 401, 473, 486, 495, 498, 499, 800, 804, 809, 812, 831, 833, 843, 846, 861,
        863, 865, 869, 878]
KAZAKH = [709, 769, 779, 790, 795, 799]
BELARUSIAN = [25, 29, 33, 44]
OTHERS = [("380", "50000", 4), ("998", "90000", 4), ("996", "70000", 4), ("49", "1510000", 4), ("44", "770090", 4),
          ("1", "20255501", 2), ("33", "639980", 3), ("34", "600000", 3), ("48", "500000", 3), ("90", "50100000", 2),
          ("86", "1390000", 4), ("972", "50000", 4), ("374", "9100", 4), ("995", "55500", 4), ("373", "6000", 4)]


def digits(count):
    return "".join(rng.choice("0123456789") for _ in range(count))


def grouped(n, prefix):
    """Ways in which people write ten digits behind a prefix."""
    a, b, c, d = n[:3], n[3:6], n[6:8], n[8:]
    return rng.choice([
        f"{prefix}{n}", f"{prefix} {a} {b}-{c}-{d}", f"{prefix} ({a}) {b}-{c}-{d}", f"{prefix}({a}){b}{c}{d}",
        f"{prefix}-{a}-{b}-{c}-{d}", f"{prefix}\u00a0{a}\u00a0{b}\u00a0{c}\u00a0{d}", f"{prefix} {a} {b} {c} {d}",
        f"{prefix}.{a}.{b}.{c}.{d}", f"{prefix} {a} {b}\u2013{c}\u2013{d}", f"{prefix}{a}{b}\u2011{c}\u2011{d}",
    ])


def full_width(text):
    return "".join(chr(ord(c) - ord("0") + 0xFF10) if c.isdigit() else c for c in text)


def russian():
    n = f"{rng.choice(MOBILE)}{digits(7)}" if rng.random() < .6 else f"{rng.choice(AREA)}0{digits(6)}"
    text = rng.choice([grouped(n, "+7"), grouped(n, "8"), grouped(n, "7"), n, grouped(n, "+7"), "8107" + n])
    roll = rng.random()
    if roll < .04:
        return full_width(text)
    if roll < .08:
        return f"{text} ext. {rng.randrange(10, 999)}"
    return text


def kazakh(at_home):
    n = f"{rng.choice(KAZAKH)}{digits(7)}"
    forms = [grouped(n, "+7"), grouped(n, "7"), grouped(n, "8")]
    return rng.choice(forms + ([n] if at_home else []))


def belarusian(at_home):
    code = rng.choice(BELARUSIAN)
    n = f"{code}0{digits(6)}"
    forms = [f"+375{n}", f"+375 ({code}) {n[2:5]}-{n[5:7]}-{n[7:]}", f"375{n}", f"+375 {code} {n[2:]}"]
    forms += [f"80{n}", f"8 0{code} {n[2:]}", n] if at_home else [f"810375{n}", f"8 10 375 {code} {n[2:]}"]
    return rng.choice(forms)


def other():
    code, begin, rest = rng.choice(OTHERS)
    n = code + begin + digits(rest)
    return rng.choice([f"+{n}", f"+{n}", f"+{code} {n[len(code):]}", f"810{n}", f"8-10-{n}"])


def main():
    seen = set()
    makers = [("RU", russian)] * 6 + [("RU", lambda: kazakh(False)), ("RU", lambda: belarusian(False)), ("RU", other),
              ("KZ", lambda: kazakh(True)), ("KZ", russian), ("BY", lambda: belarusian(True))]
    while len(seen) < 3000:
        line, make = rng.choice(makers)
        text = make()
        try:
            number = phonenumbers.parse(text, line)
        except phonenumbers.NumberParseException:
            continue
        if (line, text) in seen or not phonenumbers.is_possible_number(number):
            continue
        seen.add((line, text))
        print(line, text, phonenumbers.format_number(number, Form.E164), sep="\t")


main()
