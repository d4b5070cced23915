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
#embed "../Web/elsewhere.js"
};

static const unsigned char file9[] = {
#embed "../Web/gift.js"
};

static const unsigned char file10[] = {
#embed "../Web/goods.js"
};

static const unsigned char file11[] = {
#embed "../Web/help.js"
};

static const unsigned char file12[] = {
#embed "../Web/hold.js"
};

static const unsigned char file13[] = {
#embed "../Web/i18n.js"
};

static const unsigned char file14[] = {
#embed "../Web/icon.svg"
};

static const unsigned char file15[] = {
#embed "../Web/ids.js"
};

static const unsigned char file16[] = {
#embed "../Web/index.html"
};

static const unsigned char file17[] = {
#embed "../Web/list.js"
};

static const unsigned char file18[] = {
#embed "../Web/manage-day.js"
};

static const unsigned char file19[] = {
#embed "../Web/manage-goods.js"
};

static const unsigned char file20[] = {
#embed "../Web/manage-help.js"
};

static const unsigned char file21[] = {
#embed "../Web/manage-records.js"
};

static const unsigned char file22[] = {
#embed "../Web/manage-stock.js"
};

static const unsigned char file23[] = {
#embed "../Web/manage-texts.js"
};

static const unsigned char file24[] = {
#embed "../Web/manage-tills.js"
};

static const unsigned char file25[] = {
#embed "../Web/manage.css"
};

static const unsigned char file26[] = {
#embed "../Web/manage.html"
};

static const unsigned char file27[] = {
#embed "../Web/manage.js"
};

static const unsigned char file28[] = {
#embed "../Web/money.js"
};

static const unsigned char file29[] = {
#embed "../Web/outbox.js"
};

static const unsigned char file30[] = {
#embed "../Web/owner.js"
};

static const unsigned char file31[] = {
#embed "../Web/paper.js"
};

static const unsigned char file32[] = {
#embed "../Web/pay.js"
};

static const unsigned char file33[] = {
#embed "../Web/pick.js"
};

static const unsigned char file34[] = {
#embed "../Web/pricing.js"
};

static const unsigned char file35[] = {
#embed "../Web/reasons.js"
};

static const unsigned char file36[] = {
#embed "../Web/receipt.js"
};

static const unsigned char file37[] = {
#embed "../Web/returns.js"
};

static const unsigned char file38[] = {
#embed "../Web/scanner.js"
};

static const unsigned char file39[] = {
#embed "../Web/screen.js"
};

static const unsigned char file40[] = {
#embed "../Web/search.js"
};

static const unsigned char file41[] = {
#embed "../Web/session.js"
};

static const unsigned char file42[] = {
#embed "../Web/slips.js"
};

static const unsigned char file43[] = {
#embed "../Web/sound.js"
};

static const unsigned char file44[] = {
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
  {"elsewhere.js", file8, sizeof file8},
  {"gift.js", file9, sizeof file9},
  {"goods.js", file10, sizeof file10},
  {"help.js", file11, sizeof file11},
  {"hold.js", file12, sizeof file12},
  {"i18n.js", file13, sizeof file13},
  {"icon.svg", file14, sizeof file14},
  {"ids.js", file15, sizeof file15},
  {"index.html", file16, sizeof file16},
  {"list.js", file17, sizeof file17},
  {"manage-day.js", file18, sizeof file18},
  {"manage-goods.js", file19, sizeof file19},
  {"manage-help.js", file20, sizeof file20},
  {"manage-records.js", file21, sizeof file21},
  {"manage-stock.js", file22, sizeof file22},
  {"manage-texts.js", file23, sizeof file23},
  {"manage-tills.js", file24, sizeof file24},
  {"manage.css", file25, sizeof file25},
  {"manage.html", file26, sizeof file26},
  {"manage.js", file27, sizeof file27},
  {"money.js", file28, sizeof file28},
  {"outbox.js", file29, sizeof file29},
  {"owner.js", file30, sizeof file30},
  {"paper.js", file31, sizeof file31},
  {"pay.js", file32, sizeof file32},
  {"pick.js", file33, sizeof file33},
  {"pricing.js", file34, sizeof file34},
  {"reasons.js", file35, sizeof file35},
  {"receipt.js", file36, sizeof file36},
  {"returns.js", file37, sizeof file37},
  {"scanner.js", file38, sizeof file38},
  {"screen.js", file39, sizeof file39},
  {"search.js", file40, sizeof file40},
  {"session.js", file41, sizeof file41},
  {"slips.js", file42, sizeof file42},
  {"sound.js", file43, sizeof file43},
  {"store.js", file44, sizeof file44},
};

size_t CWebFileCount(void) { return sizeof files / sizeof files[0]; }

CWebFile CWebFileAt(size_t index) { return files[index]; }
