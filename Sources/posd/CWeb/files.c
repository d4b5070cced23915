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
#embed "../Web/card-texts.js"
};

static const unsigned char file6[] = {
#embed "../Web/cards.js"
};

static const unsigned char file7[] = {
#embed "../Web/cashier.css"
};

static const unsigned char file8[] = {
#embed "../Web/clock.js"
};

static const unsigned char file9[] = {
#embed "../Web/codes.js"
};

static const unsigned char file10[] = {
#embed "../Web/dialog.js"
};

static const unsigned char file11[] = {
#embed "../Web/dialogs.css"
};

static const unsigned char file12[] = {
#embed "../Web/dom.js"
};

static const unsigned char file13[] = {
#embed "../Web/elsewhere.js"
};

static const unsigned char file14[] = {
#embed "../Web/gift.js"
};

static const unsigned char file15[] = {
#embed "../Web/goods.js"
};

static const unsigned char file16[] = {
#embed "../Web/help.js"
};

static const unsigned char file17[] = {
#embed "../Web/hold.js"
};

static const unsigned char file18[] = {
#embed "../Web/i18n.js"
};

static const unsigned char file19[] = {
#embed "../Web/icon.svg"
};

static const unsigned char file20[] = {
#embed "../Web/ids.js"
};

static const unsigned char file21[] = {
#embed "../Web/index.html"
};

static const unsigned char file22[] = {
#embed "../Web/list.js"
};

static const unsigned char file23[] = {
#embed "../Web/manage-claims.js"
};

static const unsigned char file24[] = {
#embed "../Web/manage-coupons.js"
};

static const unsigned char file25[] = {
#embed "../Web/manage-day.js"
};

static const unsigned char file26[] = {
#embed "../Web/manage-goods.js"
};

static const unsigned char file27[] = {
#embed "../Web/manage-handouts.js"
};

static const unsigned char file28[] = {
#embed "../Web/manage-help.js"
};

static const unsigned char file29[] = {
#embed "../Web/manage-limits.js"
};

static const unsigned char file30[] = {
#embed "../Web/manage-people-texts.js"
};

static const unsigned char file31[] = {
#embed "../Web/manage-people.js"
};

static const unsigned char file32[] = {
#embed "../Web/manage-programmes.js"
};

static const unsigned char file33[] = {
#embed "../Web/manage-records.js"
};

static const unsigned char file34[] = {
#embed "../Web/manage-relief-texts.js"
};

static const unsigned char file35[] = {
#embed "../Web/manage-relief.js"
};

static const unsigned char file36[] = {
#embed "../Web/manage-stock.js"
};

static const unsigned char file37[] = {
#embed "../Web/manage-texts.js"
};

static const unsigned char file38[] = {
#embed "../Web/manage-tills.js"
};

static const unsigned char file39[] = {
#embed "../Web/manage-vouchers.js"
};

static const unsigned char file40[] = {
#embed "../Web/manage.css"
};

static const unsigned char file41[] = {
#embed "../Web/manage.html"
};

static const unsigned char file42[] = {
#embed "../Web/manage.js"
};

static const unsigned char file43[] = {
#embed "../Web/member-texts.js"
};

static const unsigned char file44[] = {
#embed "../Web/money.js"
};

static const unsigned char file45[] = {
#embed "../Web/outbox.js"
};

static const unsigned char file46[] = {
#embed "../Web/owner.js"
};

static const unsigned char file47[] = {
#embed "../Web/paper.js"
};

static const unsigned char file48[] = {
#embed "../Web/pay.js"
};

static const unsigned char file49[] = {
#embed "../Web/pick.js"
};

static const unsigned char file50[] = {
#embed "../Web/pricing.js"
};

static const unsigned char file51[] = {
#embed "../Web/reasons.js"
};

static const unsigned char file52[] = {
#embed "../Web/receipt.js"
};

static const unsigned char file53[] = {
#embed "../Web/returns.js"
};

static const unsigned char file54[] = {
#embed "../Web/scanner.js"
};

static const unsigned char file55[] = {
#embed "../Web/screen.js"
};

static const unsigned char file56[] = {
#embed "../Web/search.js"
};

static const unsigned char file57[] = {
#embed "../Web/session.js"
};

static const unsigned char file58[] = {
#embed "../Web/shown.js"
};

static const unsigned char file59[] = {
#embed "../Web/slips.js"
};

static const unsigned char file60[] = {
#embed "../Web/sound.js"
};

static const unsigned char file61[] = {
#embed "../Web/store.js"
};

static const unsigned char file62[] = {
#embed "../Web/tabs.js"
};

static const CWebFile files[] = {
  {"api.js", file0, sizeof file0},
  {"app.js", file1, sizeof file1},
  {"approval.js", file2, sizeof file2},
  {"ask.js", file3, sizeof file3},
  {"basket.js", file4, sizeof file4},
  {"card-texts.js", file5, sizeof file5},
  {"cards.js", file6, sizeof file6},
  {"cashier.css", file7, sizeof file7},
  {"clock.js", file8, sizeof file8},
  {"codes.js", file9, sizeof file9},
  {"dialog.js", file10, sizeof file10},
  {"dialogs.css", file11, sizeof file11},
  {"dom.js", file12, sizeof file12},
  {"elsewhere.js", file13, sizeof file13},
  {"gift.js", file14, sizeof file14},
  {"goods.js", file15, sizeof file15},
  {"help.js", file16, sizeof file16},
  {"hold.js", file17, sizeof file17},
  {"i18n.js", file18, sizeof file18},
  {"icon.svg", file19, sizeof file19},
  {"ids.js", file20, sizeof file20},
  {"index.html", file21, sizeof file21},
  {"list.js", file22, sizeof file22},
  {"manage-claims.js", file23, sizeof file23},
  {"manage-coupons.js", file24, sizeof file24},
  {"manage-day.js", file25, sizeof file25},
  {"manage-goods.js", file26, sizeof file26},
  {"manage-handouts.js", file27, sizeof file27},
  {"manage-help.js", file28, sizeof file28},
  {"manage-limits.js", file29, sizeof file29},
  {"manage-people-texts.js", file30, sizeof file30},
  {"manage-people.js", file31, sizeof file31},
  {"manage-programmes.js", file32, sizeof file32},
  {"manage-records.js", file33, sizeof file33},
  {"manage-relief-texts.js", file34, sizeof file34},
  {"manage-relief.js", file35, sizeof file35},
  {"manage-stock.js", file36, sizeof file36},
  {"manage-texts.js", file37, sizeof file37},
  {"manage-tills.js", file38, sizeof file38},
  {"manage-vouchers.js", file39, sizeof file39},
  {"manage.css", file40, sizeof file40},
  {"manage.html", file41, sizeof file41},
  {"manage.js", file42, sizeof file42},
  {"member-texts.js", file43, sizeof file43},
  {"money.js", file44, sizeof file44},
  {"outbox.js", file45, sizeof file45},
  {"owner.js", file46, sizeof file46},
  {"paper.js", file47, sizeof file47},
  {"pay.js", file48, sizeof file48},
  {"pick.js", file49, sizeof file49},
  {"pricing.js", file50, sizeof file50},
  {"reasons.js", file51, sizeof file51},
  {"receipt.js", file52, sizeof file52},
  {"returns.js", file53, sizeof file53},
  {"scanner.js", file54, sizeof file54},
  {"screen.js", file55, sizeof file55},
  {"search.js", file56, sizeof file56},
  {"session.js", file57, sizeof file57},
  {"shown.js", file58, sizeof file58},
  {"slips.js", file59, sizeof file59},
  {"sound.js", file60, sizeof file60},
  {"store.js", file61, sizeof file61},
  {"tabs.js", file62, sizeof file62},
};

size_t CWebFileCount(void) { return sizeof files / sizeof files[0]; }

CWebFile CWebFileAt(size_t index) { return files[index]; }
