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
#embed "../Web/clock.js"
};

static const unsigned char file6[] = {
#embed "../Web/dialog.js"
};

static const unsigned char file7[] = {
#embed "../Web/dialogs.css"
};

static const unsigned char file8[] = {
#embed "../Web/dom.js"
};

static const unsigned char file9[] = {
#embed "../Web/elsewhere.js"
};

static const unsigned char file10[] = {
#embed "../Web/gift.js"
};

static const unsigned char file11[] = {
#embed "../Web/goods.js"
};

static const unsigned char file12[] = {
#embed "../Web/help.js"
};

static const unsigned char file13[] = {
#embed "../Web/hold.js"
};

static const unsigned char file14[] = {
#embed "../Web/i18n.js"
};

static const unsigned char file15[] = {
#embed "../Web/icon.svg"
};

static const unsigned char file16[] = {
#embed "../Web/ids.js"
};

static const unsigned char file17[] = {
#embed "../Web/index.html"
};

static const unsigned char file18[] = {
#embed "../Web/list.js"
};

static const unsigned char file19[] = {
#embed "../Web/manage-day.js"
};

static const unsigned char file20[] = {
#embed "../Web/manage-goods.js"
};

static const unsigned char file21[] = {
#embed "../Web/manage-help.js"
};

static const unsigned char file22[] = {
#embed "../Web/manage-records.js"
};

static const unsigned char file23[] = {
#embed "../Web/manage-stock.js"
};

static const unsigned char file24[] = {
#embed "../Web/manage-texts.js"
};

static const unsigned char file25[] = {
#embed "../Web/manage-tills.js"
};

static const unsigned char file26[] = {
#embed "../Web/manage.css"
};

static const unsigned char file27[] = {
#embed "../Web/manage.html"
};

static const unsigned char file28[] = {
#embed "../Web/manage.js"
};

static const unsigned char file29[] = {
#embed "../Web/money.js"
};

static const unsigned char file30[] = {
#embed "../Web/outbox.js"
};

static const unsigned char file31[] = {
#embed "../Web/owner.js"
};

static const unsigned char file32[] = {
#embed "../Web/paper.js"
};

static const unsigned char file33[] = {
#embed "../Web/pay.js"
};

static const unsigned char file34[] = {
#embed "../Web/pick.js"
};

static const unsigned char file35[] = {
#embed "../Web/pricing.js"
};

static const unsigned char file36[] = {
#embed "../Web/reasons.js"
};

static const unsigned char file37[] = {
#embed "../Web/receipt.js"
};

static const unsigned char file38[] = {
#embed "../Web/returns.js"
};

static const unsigned char file39[] = {
#embed "../Web/scanner.js"
};

static const unsigned char file40[] = {
#embed "../Web/screen.js"
};

static const unsigned char file41[] = {
#embed "../Web/search.js"
};

static const unsigned char file42[] = {
#embed "../Web/session.js"
};

static const unsigned char file43[] = {
#embed "../Web/slips.js"
};

static const unsigned char file44[] = {
#embed "../Web/sound.js"
};

static const unsigned char file45[] = {
#embed "../Web/store.js"
};

static const CWebFile files[] = {
  {"api.js", file0, sizeof file0},
  {"app.js", file1, sizeof file1},
  {"approval.js", file2, sizeof file2},
  {"basket.js", file3, sizeof file3},
  {"cashier.css", file4, sizeof file4},
  {"clock.js", file5, sizeof file5},
  {"dialog.js", file6, sizeof file6},
  {"dialogs.css", file7, sizeof file7},
  {"dom.js", file8, sizeof file8},
  {"elsewhere.js", file9, sizeof file9},
  {"gift.js", file10, sizeof file10},
  {"goods.js", file11, sizeof file11},
  {"help.js", file12, sizeof file12},
  {"hold.js", file13, sizeof file13},
  {"i18n.js", file14, sizeof file14},
  {"icon.svg", file15, sizeof file15},
  {"ids.js", file16, sizeof file16},
  {"index.html", file17, sizeof file17},
  {"list.js", file18, sizeof file18},
  {"manage-day.js", file19, sizeof file19},
  {"manage-goods.js", file20, sizeof file20},
  {"manage-help.js", file21, sizeof file21},
  {"manage-records.js", file22, sizeof file22},
  {"manage-stock.js", file23, sizeof file23},
  {"manage-texts.js", file24, sizeof file24},
  {"manage-tills.js", file25, sizeof file25},
  {"manage.css", file26, sizeof file26},
  {"manage.html", file27, sizeof file27},
  {"manage.js", file28, sizeof file28},
  {"money.js", file29, sizeof file29},
  {"outbox.js", file30, sizeof file30},
  {"owner.js", file31, sizeof file31},
  {"paper.js", file32, sizeof file32},
  {"pay.js", file33, sizeof file33},
  {"pick.js", file34, sizeof file34},
  {"pricing.js", file35, sizeof file35},
  {"reasons.js", file36, sizeof file36},
  {"receipt.js", file37, sizeof file37},
  {"returns.js", file38, sizeof file38},
  {"scanner.js", file39, sizeof file39},
  {"screen.js", file40, sizeof file40},
  {"search.js", file41, sizeof file41},
  {"session.js", file42, sizeof file42},
  {"slips.js", file43, sizeof file43},
  {"sound.js", file44, sizeof file44},
  {"store.js", file45, sizeof file45},
};

size_t CWebFileCount(void) { return sizeof files / sizeof files[0]; }

CWebFile CWebFileAt(size_t index) { return files[index]; }
