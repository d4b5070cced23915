#include <ft2build.h>
#include FT_FREETYPE_H

/* Draws a glyph in black and white, with hints for that; the macros do not reach Swift. */
static inline int posd_draw_glyph(FT_Face face, FT_UInt glyph) {
  return FT_Load_Glyph(face, glyph, FT_LOAD_TARGET_MONO | FT_LOAD_RENDER);
}
