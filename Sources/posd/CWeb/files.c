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
#embed "../Web/ask.js"
};

static const unsigned char file4[] = {
#embed "../Web/basket.js"
};

static const unsigned char file5[] = {
#embed "../Web/cashier.css"
};

static const unsigned char file6[] = {
#embed "../Web/clock.js"
};

static const unsigned char file7[] = {
#embed "../Web/codes.js"
};

static const unsigned char file8[] = {
#embed "../Web/dialog.js"
};

static const unsigned char file9[] = {
#embed "../Web/dialogs.css"
};

static const unsigned char file10[] = {
#embed "../Web/dom.js"
};

static const unsigned char file11[] = {
#embed "../Web/elsewhere.js"
};

static const unsigned char file12[] = {
#embed "../Web/gift.js"
};

static const unsigned char file13[] = {
#embed "../Web/goods.js"
};

static const unsigned char file14[] = {
#embed "../Web/help.js"
};

static const unsigned char file15[] = {
#embed "../Web/hold.js"
};

static const unsigned char file16[] = {
#embed "../Web/i18n.js"
};

static const unsigned char file17[] = {
#embed "../Web/icon.svg"
};

static const unsigned char file18[] = {
#embed "../Web/ids.js"
};

static const unsigned char file19[] = {
#embed "../Web/index.html"
};

static const unsigned char file20[] = {
#embed "../Web/list.js"
};

static const unsigned char file21[] = {
#embed "../Web/manage-day.js"
};

static const unsigned char file22[] = {
#embed "../Web/manage-goods.js"
};

static const unsigned char file23[] = {
#embed "../Web/manage-help.js"
};

static const unsigned char file24[] = {
#embed "../Web/manage-people-texts.js"
};

static const unsigned char file25[] = {
#embed "../Web/manage-people.js"
};

static const unsigned char file26[] = {
#embed "../Web/manage-records.js"
};

static const unsigned char file27[] = {
#embed "../Web/manage-stock.js"
};

static const unsigned char file28[] = {
#embed "../Web/manage-texts.js"
};

static const unsigned char file29[] = {
#embed "../Web/manage-tills.js"
};

static const unsigned char file30[] = {
#embed "../Web/manage.css"
};

static const unsigned char file31[] = {
#embed "../Web/manage.html"
};

static const unsigned char file32[] = {
#embed "../Web/manage.js"
};

static const unsigned char file33[] = {
#embed "../Web/member-texts.js"
};

static const unsigned char file34[] = {
#embed "../Web/money.js"
};

static const unsigned char file35[] = {
#embed "../Web/outbox.js"
};

static const unsigned char file36[] = {
#embed "../Web/owner.js"
};

static const unsigned char file37[] = {
#embed "../Web/paper.js"
};

static const unsigned char file38[] = {
#embed "../Web/pay.js"
};

static const unsigned char file39[] = {
#embed "../Web/pick.js"
};

static const unsigned char file40[] = {
#embed "../Web/pricing.js"
};

static const unsigned char file41[] = {
#embed "../Web/reasons.js"
};

static const unsigned char file42[] = {
#embed "../Web/receipt.js"
};

static const unsigned char file43[] = {
#embed "../Web/returns.js"
};

static const unsigned char file44[] = {
#embed "../Web/scanner.js"
};

static const unsigned char file45[] = {
#embed "../Web/screen.js"
};

static const unsigned char file46[] = {
#embed "../Web/search.js"
};

static const unsigned char file47[] = {
#embed "../Web/session.js"
};

static const unsigned char file48[] = {
#embed "../Web/slips.js"
};

static const unsigned char file49[] = {
#embed "../Web/sound.js"
};

static const unsigned char file50[] = {
#embed "../Web/store.js"
};

static const unsigned char file51[] = {
#embed "../Web/tabs.js"
};

static const CWebFile files[] = {
  {"api.js", file0, sizeof file0},
  {"app.js", file1, sizeof file1},
  {"approval.js", file2, sizeof file2},
  {"ask.js", file3, sizeof file3},
  {"basket.js", file4, sizeof file4},
  {"cashier.css", file5, sizeof file5},
  {"clock.js", file6, sizeof file6},
  {"codes.js", file7, sizeof file7},
  {"dialog.js", file8, sizeof file8},
  {"dialogs.css", file9, sizeof file9},
  {"dom.js", file10, sizeof file10},
  {"elsewhere.js", file11, sizeof file11},
  {"gift.js", file12, sizeof file12},
  {"goods.js", file13, sizeof file13},
  {"help.js", file14, sizeof file14},
  {"hold.js", file15, sizeof file15},
  {"i18n.js", file16, sizeof file16},
  {"icon.svg", file17, sizeof file17},
  {"ids.js", file18, sizeof file18},
  {"index.html", file19, sizeof file19},
  {"list.js", file20, sizeof file20},
  {"manage-day.js", file21, sizeof file21},
  {"manage-goods.js", file22, sizeof file22},
  {"manage-help.js", file23, sizeof file23},
  {"manage-people-texts.js", file24, sizeof file24},
  {"manage-people.js", file25, sizeof file25},
  {"manage-records.js", file26, sizeof file26},
  {"manage-stock.js", file27, sizeof file27},
  {"manage-texts.js", file28, sizeof file28},
  {"manage-tills.js", file29, sizeof file29},
  {"manage.css", file30, sizeof file30},
  {"manage.html", file31, sizeof file31},
  {"manage.js", file32, sizeof file32},
  {"member-texts.js", file33, sizeof file33},
  {"money.js", file34, sizeof file34},
  {"outbox.js", file35, sizeof file35},
  {"owner.js", file36, sizeof file36},
  {"paper.js", file37, sizeof file37},
  {"pay.js", file38, sizeof file38},
  {"pick.js", file39, sizeof file39},
  {"pricing.js", file40, sizeof file40},
  {"reasons.js", file41, sizeof file41},
  {"receipt.js", file42, sizeof file42},
  {"returns.js", file43, sizeof file43},
  {"scanner.js", file44, sizeof file44},
  {"screen.js", file45, sizeof file45},
  {"search.js", file46, sizeof file46},
  {"session.js", file47, sizeof file47},
  {"slips.js", file48, sizeof file48},
  {"sound.js", file49, sizeof file49},
  {"store.js", file50, sizeof file50},
  {"tabs.js", file51, sizeof file51},
};

size_t CWebFileCount(void) { return sizeof files / sizeof files[0]; }

CWebFile CWebFileAt(size_t index) { return files[index]; }
