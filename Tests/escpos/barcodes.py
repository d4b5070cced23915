"""The counted form of `GS k` → what a scanner reads."""

from escpos.commands import StreamError


def barcode_content(symbology, data, offset):
    """What a scanner will read from the counted form of `GS k`."""
    if symbology == "CODE128":
        return _code128(data, offset)
    if symbology in ("EAN13", "EAN8"):
        digits = {"EAN13": 12, "EAN8": 7}[symbology]
        text = data.decode("latin-1")
        if not (text.isascii() and text.isdigit() and len(text) in (digits, digits + 1)):
            raise StreamError(offset, f"{symbology} of {text!r}")
        check = str(-sum(int(d) * (3 if at % 2 == 0 else 1) for at, d in enumerate(reversed(text[:digits]))) % 10)
        if len(text) > digits and text[-1] != check:
            raise StreamError(offset, f"{symbology} {text} has the wrong check digit")
        return text[:digits] + check
    return data.decode("ascii")


def _code128(data, offset):
    """`{A`, `{B`, `{C` choose the set; `{{` is a brace; in set C each byte is a number 0..99."""
    content, code_set, place = "", None, 0
    while place < len(data):
        pair = data[place : place + 2]
        if pair in (b"{A", b"{B", b"{C"):
            code_set = pair[1:]
            place += 2
        elif code_set == b"C":
            if data[place] > 99:
                raise StreamError(offset, f"CODE128 set C has no {data[place]}")
            content += f"{data[place]:02d}"
            place += 1
        elif code_set is None or (pair[:1] == b"{" and pair != b"{{") or data[place] > 127:
            raise StreamError(offset, f"CODE128 data {data!r} is not in the manual")
        elif (code_set == b"B" and data[place] < 0x20) or (code_set == b"A" and data[place] >= 0x60):
            raise StreamError(offset, f"CODE128 set {code_set.decode()} has no byte {data[place]:02X}")
        else:
            content += chr(data[place])
            place += 2 if pair == b"{{" else 1
    return content
