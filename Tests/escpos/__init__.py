"""An ESC/POS printer of paper and pictures, written from the vendors' command tables and never from the encoder.

`commands` parts bytes, `profile` says what a model may be sent, `paper` obeys, `drawing` draws what comes out,
`reading` reads it back as text and codes, `glyphs` compares drawn characters with those of a font.
"""
