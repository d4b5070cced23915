// Who works at which till: log-in, quick change of user, opening the till.

import { del, get, post, Problem } from "./api.js";
import { askApproval } from "./approval.js";
import { askForm, Unusable } from "./dialog.js";
import { newID } from "./ids.js";
import { t } from "./i18n.js";
import * as store from "./store.js";

let rolesHere = ["cashier", "manager"];
let context = null;
let till = null;
let loggingIn = null;

export const isManager = () => context?.user.role === "manager";
export const currentContext = () => context;
export const currentTill = () => till;

/** Who may log in on this page. */
export function allowRoles(roles) {
  rolesHere = roles;
}

/** What sales, voids and returns need to know. */
export function terms() {
  if (till === null) throw new Unusable("noTill");
  return { tillSessionID: till.sessionID, isManager: isManager() };
}

/** The context of whoever is logged in; asks for a log-in when nobody is. */
export async function ensureUser() {
  for (;;) {
    if (store.token() === null) await logIn();
    const used = store.token();
    try {
      context = await get("/context");
      return context;
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 401) throw error;
      if (store.token() === used) store.setToken(null);
    }
  }
}

/** One log-in dialog at a time, whoever asks for it. */
export function logIn() {
  loggingIn ??= askLogIn().finally(() => { loggingIn = null; });
  return loggingIn;
}

function askLogIn() {
  store.setToken(null);
  return askForm({
    title: "logInTitle", isClosable: false, submitLabel: "logIn",
    fields: [
      { name: "user", label: "user", type: "text", autocomplete: "username" },
      { name: "password", label: "password", type: "password", autocomplete: "current-password" },
    ],
    async submit({ user, password }) {
      await accept(await post("/sessions", { user, password }, { withoutToken: true }));
      return true;
    },
  });
}

/** Another user at the same till by name and PIN. Resolves true when the user changed. */
export function changeUser() {
  return askForm({
    title: "changeUserTitle", intro: t("changeUserIntro", { name: context?.user.displayName ?? "" }),
    fields: [
      { name: "user", label: "user", type: "text", autocomplete: "username" },
      { name: "pin", label: "pin", type: "password" },
    ],
    submitLabel: "changeUser",
    keys: { F10: { label: "logOut", run: logOut } },
    async submit({ user, pin }) {
      await accept(await post("/sessions", { user, pin }));
      return true;
    },
  });
}

async function logOut(dialog) {
  try {
    await del("/sessions/current");
  } catch (error) {
    if (!(error instanceof Problem)) return dialog.fail(error);
  }
  store.setToken(null);
  dialog.close(true);
}

async function accept(session) {
  if (!rolesHere.includes(session.user.role)) throw new Unusable("wrongRole");
  store.setToken(session.token);
}

/** The till of this screen with its open session; asks which till and for the float if need be. */
export async function ensureTill() {
  const chosen = await chooseTill(context.tills);
  const session = await openSession(chosen);
  till = { id: chosen.id, name: chosen.name, sessionID: session.id };
  return till;
}

async function chooseTill(tills) {
  if (tills.length === 0) throw new Unusable("noTill");
  const remembered = tills.find((each) => each.id === store.load("till")?.tillID);
  const chosen = remembered ?? (tills.length === 1 ? tills[0] : await askTill(tills));
  store.save("till", { tillID: chosen.id, name: chosen.name });
  return chosen;
}

async function askTill(tills) {
  const options = tills.map(({ id, name }) => ({ value: id, label: name }));
  const id = await askForm({
    title: "tillTitle", isClosable: false,
    fields: [{ name: "id", label: "till", type: "choice", options }],
    submit: (values) => values.id,
  });
  return tills.find((each) => each.id === id);
}

async function openSession(chosen) {
  try {
    return await get(`/till-sessions/current?tillID=${encodeURIComponent(chosen.id)}`);
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== "no_open_session") throw error;
  }
  const id = newID();
  return askForm({
    title: "openTillTitle", intro: t("openTillIntro", { name: chosen.name }), isClosable: false,
    fields: [{ name: "float", label: "float", type: "money" }],
    submitLabel: "openTill",
    submit: ({ float }) => openTill({ id, tillID: chosen.id, floatFen: float }),
  });
}

/** A clock that is behind the last record, or days ahead, needs a manager's word. */
async function openTill(body) {
  try {
    return await post("/till-sessions", body);
  } catch (error) {
    if (!["clock_behind", "clock_ahead"].includes(error.code)) throw error;
    const approvalID = await askApproval("clockStep", body.id);
    if (approvalID === null) throw error;
    return post("/till-sessions", { ...body, approvalID });
  }
}
