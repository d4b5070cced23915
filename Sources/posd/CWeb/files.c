// Written by list-files.sh. #embed takes each file in when the program is built.
#include "CWeb.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char file0[] = {
#embed "../Web/api.js"
};

static const unsigned char file1[] = {
#embed "../Web/app.js"
};

static const unsigned char file2[] = {
#embed "../Web/approval.js"
};

static const unsigned char file3[] = {
#embed "../Web/basket.js"
};

static const unsigned char file4[] = {
#embed "../Web/cashier.css"
};

static const unsigned char file5[] = {
#embed "../Web/dialog.js"
};

static const unsigned char file6[] = {
#embed "../Web/dialogs.css"
};

static const unsigned char file7[] = {
#embed "../Web/dom.js"
};

static const unsigned char file8[] = {
#embed "../Web/gift.js"
};

static const unsigned char file9[] = {
#embed "../Web/goods.js"
};

static const unsigned char file10[] = {
#embed "../Web/help.js"
};

static const unsigned char file11[] = {
#embed "../Web/hold.js"
};

static const unsigned char file12[] = {
#embed "../Web/i18n.js"
};

static const unsigned char file13[] = {
#embed "../Web/icon.svg"
};

static const unsigned char file14[] = {
#embed "../Web/ids.js"
};

static const unsigned char file15[] = {
#embed "../Web/index.html"
};

static const unsigned char file16[] = {
#embed "../Web/money.js"
};

static const unsigned char file17[] = {
#embed "../Web/outbox.js"
};

static const unsigned char file18[] = {
#embed "../Web/pay.js"
};

static const unsigned char file19[] = {
#embed "../Web/pricing.js"
};

static const unsigned char file20[] = {
#embed "../Web/reasons.js"
};

static const unsigned char file21[] = {
#embed "../Web/receipt.js"
};

static const unsigned char file22[] = {
#embed "../Web/returns.js"
};

static const unsigned char file23[] = {
#embed "../Web/scanner.js"
};

static const unsigned char file24[] = {
#embed "../Web/screen.js"
};

static const unsigned char file25[] = {
#embed "../Web/search.js"
};

static const unsigned char file26[] = {
#embed "../Web/session.js"
};

static const unsigned char file27[] = {
#embed "../Web/sound.js"
};

static const unsigned char file28[] = {
#embed "../Web/store.js"
};

static const CWebFile files[] = {
  {"api.js", file0, sizeof file0},
  {"app.js", file1, sizeof file1},
  {"approval.js", file2, sizeof file2},
  {"basket.js", file3, sizeof file3},
  {"cashier.css", file4, sizeof file4},
  {"dialog.js", file5, sizeof file5},
  {"dialogs.css", file6, sizeof file6},
  {"dom.js", file7, sizeof file7},
  {"gift.js", file8, sizeof file8},
  {"goods.js", file9, sizeof file9},
  {"help.js", file10, sizeof file10},
  {"hold.js", file11, sizeof file11},
  {"i18n.js", file12, sizeof file12},
  {"icon.svg", file13, sizeof file13},
  {"ids.js", file14, sizeof file14},
  {"index.html", file15, sizeof file15},
  {"money.js", file16, sizeof file16},
  {"outbox.js", file17, sizeof file17},
  {"pay.js", file18, sizeof file18},
  {"pricing.js", file19, sizeof file19},
  {"reasons.js", file20, sizeof file20},
  {"receipt.js", file21, sizeof file21},
  {"returns.js", file22, sizeof file22},
  {"scanner.js", file23, sizeof file23},
  {"screen.js", file24, sizeof file24},
  {"search.js", file25, sizeof file25},
  {"session.js", file26, sizeof file26},
  {"sound.js", file27, sizeof file27},
  {"store.js", file28, sizeof file28},
};

size_t CWebFileCount(void) { return sizeof files / sizeof files[0]; }

CWebFile CWebFileAt(size_t index) { return files[index]; }
