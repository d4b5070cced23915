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
#embed "../Web/board-log.js"
};

static const unsigned char file6[] = {
#embed "../Web/board-texts.js"
};

static const unsigned char file7[] = {
#embed "../Web/board-view.js"
};

static const unsigned char file8[] = {
#embed "../Web/board.css"
};

static const unsigned char file9[] = {
#embed "../Web/board.html"
};

static const unsigned char file10[] = {
#embed "../Web/board.js"
};

static const unsigned char file11[] = {
#embed "../Web/card-texts.js"
};

static const unsigned char file12[] = {
#embed "../Web/cards.js"
};

static const unsigned char file13[] = {
#embed "../Web/cashier.css"
};

static const unsigned char file14[] = {
#embed "../Web/clock.js"
};

static const unsigned char file15[] = {
#embed "../Web/codes.js"
};

static const unsigned char file16[] = {
#embed "../Web/dialog.js"
};

static const unsigned char file17[] = {
#embed "../Web/dialogs.css"
};

static const unsigned char file18[] = {
#embed "../Web/dom.js"
};

static const unsigned char file19[] = {
#embed "../Web/elsewhere.js"
};

static const unsigned char file20[] = {
#embed "../Web/gift.js"
};

static const unsigned char file21[] = {
#embed "../Web/goods.js"
};

static const unsigned char file22[] = {
#embed "../Web/help.js"
};

static const unsigned char file23[] = {
#embed "../Web/hold.js"
};

static const unsigned char file24[] = {
#embed "../Web/i18n.js"
};

static const unsigned char file25[] = {
#embed "../Web/icon.svg"
};

static const unsigned char file26[] = {
#embed "../Web/ids.js"
};

static const unsigned char file27[] = {
#embed "../Web/index.html"
};

static const unsigned char file28[] = {
#embed "../Web/list.js"
};

static const unsigned char file29[] = {
#embed "../Web/manage-centre.js"
};

static const unsigned char file30[] = {
#embed "../Web/manage-centres.js"
};

static const unsigned char file31[] = {
#embed "../Web/manage-claims.js"
};

static const unsigned char file32[] = {
#embed "../Web/manage-coupons.js"
};

static const unsigned char file33[] = {
#embed "../Web/manage-day.js"
};

static const unsigned char file34[] = {
#embed "../Web/manage-enrolments.js"
};

static const unsigned char file35[] = {
#embed "../Web/manage-goods.js"
};

static const unsigned char file36[] = {
#embed "../Web/manage-handouts.js"
};

static const unsigned char file37[] = {
#embed "../Web/manage-help.js"
};

static const unsigned char file38[] = {
#embed "../Web/manage-limits.js"
};

static const unsigned char file39[] = {
#embed "../Web/manage-meal-claims.js"
};

static const unsigned char file40[] = {
#embed "../Web/manage-meal-texts.js"
};

static const unsigned char file41[] = {
#embed "../Web/manage-people-texts.js"
};

static const unsigned char file42[] = {
#embed "../Web/manage-people.js"
};

static const unsigned char file43[] = {
#embed "../Web/manage-programmes.js"
};

static const unsigned char file44[] = {
#embed "../Web/manage-records.js"
};

static const unsigned char file45[] = {
#embed "../Web/manage-relief-texts.js"
};

static const unsigned char file46[] = {
#embed "../Web/manage-relief.js"
};

static const unsigned char file47[] = {
#embed "../Web/manage-stock.js"
};

static const unsigned char file48[] = {
#embed "../Web/manage-terminals.js"
};

static const unsigned char file49[] = {
#embed "../Web/manage-texts.js"
};

static const unsigned char file50[] = {
#embed "../Web/manage-tills.js"
};

static const unsigned char file51[] = {
#embed "../Web/manage-vouchers.js"
};

static const unsigned char file52[] = {
#embed "../Web/manage.css"
};

static const unsigned char file53[] = {
#embed "../Web/manage.html"
};

static const unsigned char file54[] = {
#embed "../Web/manage.js"
};

static const unsigned char file55[] = {
#embed "../Web/meal-card.js"
};

static const unsigned char file56[] = {
#embed "../Web/member-texts.js"
};

static const unsigned char file57[] = {
#embed "../Web/money.js"
};

static const unsigned char file58[] = {
#embed "../Web/outbox.js"
};

static const unsigned char file59[] = {
#embed "../Web/owner.js"
};

static const unsigned char file60[] = {
#embed "../Web/paper.js"
};

static const unsigned char file61[] = {
#embed "../Web/pay.js"
};

static const unsigned char file62[] = {
#embed "../Web/pick.js"
};

static const unsigned char file63[] = {
#embed "../Web/pricing.js"
};

static const unsigned char file64[] = {
#embed "../Web/reasons.js"
};

static const unsigned char file65[] = {
#embed "../Web/receipt.js"
};

static const unsigned char file66[] = {
#embed "../Web/returns.js"
};

static const unsigned char file67[] = {
#embed "../Web/scanner.js"
};

static const unsigned char file68[] = {
#embed "../Web/screen.js"
};

static const unsigned char file69[] = {
#embed "../Web/search.js"
};

static const unsigned char file70[] = {
#embed "../Web/session.js"
};

static const unsigned char file71[] = {
#embed "../Web/shown.js"
};

static const unsigned char file72[] = {
#embed "../Web/slips.js"
};

static const unsigned char file73[] = {
#embed "../Web/sound.js"
};

static const unsigned char file74[] = {
#embed "../Web/store.js"
};

static const unsigned char file75[] = {
#embed "../Web/stream.js"
};

static const unsigned char file76[] = {
#embed "../Web/tabs.js"
};

static const CWebFile files[] = {
  {"api.js", file0, sizeof file0},
  {"app.js", file1, sizeof file1},
  {"approval.js", file2, sizeof file2},
  {"ask.js", file3, sizeof file3},
  {"basket.js", file4, sizeof file4},
  {"board-log.js", file5, sizeof file5},
  {"board-texts.js", file6, sizeof file6},
  {"board-view.js", file7, sizeof file7},
  {"board.css", file8, sizeof file8},
  {"board.html", file9, sizeof file9},
  {"board.js", file10, sizeof file10},
  {"card-texts.js", file11, sizeof file11},
  {"cards.js", file12, sizeof file12},
  {"cashier.css", file13, sizeof file13},
  {"clock.js", file14, sizeof file14},
  {"codes.js", file15, sizeof file15},
  {"dialog.js", file16, sizeof file16},
  {"dialogs.css", file17, sizeof file17},
  {"dom.js", file18, sizeof file18},
  {"elsewhere.js", file19, sizeof file19},
  {"gift.js", file20, sizeof file20},
  {"goods.js", file21, sizeof file21},
  {"help.js", file22, sizeof file22},
  {"hold.js", file23, sizeof file23},
  {"i18n.js", file24, sizeof file24},
  {"icon.svg", file25, sizeof file25},
  {"ids.js", file26, sizeof file26},
  {"index.html", file27, sizeof file27},
  {"list.js", file28, sizeof file28},
  {"manage-centre.js", file29, sizeof file29},
  {"manage-centres.js", file30, sizeof file30},
  {"manage-claims.js", file31, sizeof file31},
  {"manage-coupons.js", file32, sizeof file32},
  {"manage-day.js", file33, sizeof file33},
  {"manage-enrolments.js", file34, sizeof file34},
  {"manage-goods.js", file35, sizeof file35},
  {"manage-handouts.js", file36, sizeof file36},
  {"manage-help.js", file37, sizeof file37},
  {"manage-limits.js", file38, sizeof file38},
  {"manage-meal-claims.js", file39, sizeof file39},
  {"manage-meal-texts.js", file40, sizeof file40},
  {"manage-people-texts.js", file41, sizeof file41},
  {"manage-people.js", file42, sizeof file42},
  {"manage-programmes.js", file43, sizeof file43},
  {"manage-records.js", file44, sizeof file44},
  {"manage-relief-texts.js", file45, sizeof file45},
  {"manage-relief.js", file46, sizeof file46},
  {"manage-stock.js", file47, sizeof file47},
  {"manage-terminals.js", file48, sizeof file48},
  {"manage-texts.js", file49, sizeof file49},
  {"manage-tills.js", file50, sizeof file50},
  {"manage-vouchers.js", file51, sizeof file51},
  {"manage.css", file52, sizeof file52},
  {"manage.html", file53, sizeof file53},
  {"manage.js", file54, sizeof file54},
  {"meal-card.js", file55, sizeof file55},
  {"member-texts.js", file56, sizeof file56},
  {"money.js", file57, sizeof file57},
  {"outbox.js", file58, sizeof file58},
  {"owner.js", file59, sizeof file59},
  {"paper.js", file60, sizeof file60},
  {"pay.js", file61, sizeof file61},
  {"pick.js", file62, sizeof file62},
  {"pricing.js", file63, sizeof file63},
  {"reasons.js", file64, sizeof file64},
  {"receipt.js", file65, sizeof file65},
  {"returns.js", file66, sizeof file66},
  {"scanner.js", file67, sizeof file67},
  {"screen.js", file68, sizeof file68},
  {"search.js", file69, sizeof file69},
  {"session.js", file70, sizeof file70},
  {"shown.js", file71, sizeof file71},
  {"slips.js", file72, sizeof file72},
  {"sound.js", file73, sizeof file73},
  {"store.js", file74, sizeof file74},
  {"stream.js", file75, sizeof file75},
  {"tabs.js", file76, sizeof file76},
};

size_t CWebFileCount(void) { return sizeof files / sizeof files[0]; }

CWebFile CWebFileAt(size_t index) { return files[index]; }
