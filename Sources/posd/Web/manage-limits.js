// What a voucher or coupon is for: goods, dates, weekdays, hours, a cap a day.

import { dateField, dateOf, words } from "./ask.js";
import { askForm, Unusable } from "./dialog.js";
import { t } from "./i18n.js";
import { plainDigits, yuan } from "./money.js";

/** The members `goods`, `window`, `dailyCapFen` of a programme or coupon; null when left. */
export async function askLimits(title, old, { hasDailyCap = false, fields = [] } = {}) {
  return askForm({
    title, intro: t("r.limitsIntro"), size: "wide columns", fields: [
      ...fields,
      { name: "allowed", label: "r.allowed", type: "text", value: old?.goods?.allowed?.join("、"), optional: true },
      { name: "denied", label: "r.denied", type: "text", value: old?.goods?.denied?.join("、"), optional: true },
      dateField("from", "r.windowFrom", old?.window?.from, true), dateField("until", "r.windowUntil", old?.window?.until, true),
      { name: "weekdays", label: "r.weekdays", type: "text", value: old?.window?.weekdays?.join(" "), optional: true },
      { name: "hours", label: "r.hours", type: "text", value: old?.window?.hours?.map(hoursText).join(" "), optional: true },
      ...(hasDailyCap ? [{ name: "dailyCap", label: "r.dailyCap", type: "money", value: old?.dailyCapFen ? yuan(old.dailyCapFen) : "", optional: true }] : []),
    ],
    submit: (values) => ({ ...others(values, fields), ...limits(values, old) }),
  });
}

/** The same members of one that is there already. */
export function limitsOf({ goods, window, dailyCapFen }) {
  return limits({
    allowed: goods?.allowed?.join("、") ?? null, denied: goods?.denied?.join("、") || null, from: window?.from ?? null,
    until: window?.until ?? null, weekdays: window?.weekdays?.join(" ") ?? null, hours: window?.hours?.map(hoursText).join(" ") ?? null,
    dailyCap: dailyCapFen ?? null,
  }, { window });
}

const others = (values, fields) => Object.fromEntries(fields.map(({ name }) => [name, values[name]]));

function limits(values, old) {
  const present = (members) => Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null && value !== undefined));
  const goods = present({ allowed: words(values.allowed), denied: words(values.denied) });
  const window = present({
    stations: old?.window?.stations, from: dateOf(values.from, "from"), until: dateOf(values.until, "until"),
    weekdays: weekdays(values.weekdays), hours: hours(values.hours),
  });
  const any = (members) => (Object.keys(members).length > 0 ? members : null);
  return present({ goods: any(goods), window: any(window), dailyCapFen: values.dailyCap });
}

/** "1 2 5", Monday is 1. */
function weekdays(text) {
  const list = words(text === null ? null : plainDigits(text))?.map(Number) ?? null;
  if (list?.some((day) => !(Number.isInteger(day) && day >= 1 && day <= 7))) throw new Unusable("r.badWeekdays", "weekdays");
  return list;
}

/** "9:00-11:30 14:00-17:00" → pairs of minutes after midnight. */
function hours(text) {
  return words(text === null ? null : plainDigits(text).replace(/：/g, ":"))?.map((range) => {
    const match = /^([0-9]{1,2}):([0-9]{2})-([0-9]{1,2}):([0-9]{2})$/.exec(range);
    if (match === null) throw new Unusable("r.badHours", "hours");
    const [from, fromMinute, until, untilMinute] = match.slice(1).map(Number);
    return [from * 60 + fromMinute, until * 60 + untilMinute];
  }) ?? null;
}

const clock = (minutes) => `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
const hoursText = ([from, until]) => `${clock(from)}-${clock(until)}`;

/** In a few words, for a list. */
export function limitsText({ goods, window, dailyCapFen }) {
  const days = window?.weekdays?.map((day) => t(`r.day.${day}`)).join("") ?? null;
  return [
    goods?.allowed && t("onlyFor", { goods: goods.allowed.join("、") }),
    goods?.denied?.length && t("notFor", { goods: goods.denied.join("、") }),
    (window?.from || window?.until) && `${window.from ?? ""}–${window.until ?? ""}`,
    days, window?.hours?.map(hoursText).join(" "),
    dailyCapFen && t("dailyCap", { amount: yuan(dailyCapFen) }),
  ].filter(Boolean).join("；");
}
