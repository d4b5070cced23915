// Written by list-files.sh. #embed takes each file in when the program is built.
#include "CWeb.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char file0[] = {
#embed "../../../devices/printers/epson-tm-t20iii.yml"
};

static const unsigned char file1[] = {
#embed "../../../devices/printers/epson-tm-t88vi.yml"
};

static const unsigned char file2[] = {
#embed "../../../devices/printers/epson-tm.yml"
};

static const unsigned char file3[] = {
#embed "../../../devices/printers/generic-58.yml"
};

static const unsigned char file4[] = {
#embed "../../../devices/printers/generic-80.yml"
};

static const unsigned char file5[] = {
#embed "../../../devices/printers/gprinter-58.yml"
};

static const unsigned char file6[] = {
#embed "../../../devices/printers/gprinter-80.yml"
};

static const unsigned char file7[] = {
#embed "../../../devices/printers/sprt-58.yml"
};

static const unsigned char file8[] = {
#embed "../../../devices/printers/sprt-80.yml"
};

static const unsigned char file9[] = {
#embed "../../../devices/printers/star-escpos.yml"
};

static const unsigned char file10[] = {
#embed "../../../devices/printers/star-tsp100.yml"
};

static const unsigned char file11[] = {
#embed "../../../devices/printers/xprinter-58.yml"
};

static const unsigned char file12[] = {
#embed "../../../devices/printers/xprinter-80.yml"
};

static const unsigned char file13[] = {
#embed "../../../devices/printers/zjiang-58.yml"
};

static const unsigned char file14[] = {
#embed "../../../devices/printers/zjiang-80.yml"
};

static const CWebFile files[] = {
  {"epson-tm-t20iii.yml", file0, sizeof file0},
  {"epson-tm-t88vi.yml", file1, sizeof file1},
  {"epson-tm.yml", file2, sizeof file2},
  {"generic-58.yml", file3, sizeof file3},
  {"generic-80.yml", file4, sizeof file4},
  {"gprinter-58.yml", file5, sizeof file5},
  {"gprinter-80.yml", file6, sizeof file6},
  {"sprt-58.yml", file7, sizeof file7},
  {"sprt-80.yml", file8, sizeof file8},
  {"star-escpos.yml", file9, sizeof file9},
  {"star-tsp100.yml", file10, sizeof file10},
  {"xprinter-58.yml", file11, sizeof file11},
  {"xprinter-80.yml", file12, sizeof file12},
  {"zjiang-58.yml", file13, sizeof file13},
  {"zjiang-80.yml", file14, sizeof file14},
};

size_t CWebProfileCount(void) { return sizeof files / sizeof files[0]; }

CWebFile CWebProfileAt(size_t index) { return files[index]; }
