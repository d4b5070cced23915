// The only file that talks to the daemon.

import * as store from "./store.js";

const timeoutMs = 8000;
const notices = new EventTarget();
const pathsWithOwnLogIn = ["/sessions", "/approvals"];

/** A refusal with its sentences for the cashier (application/problem+json). */
export class Problem extends Error {
  constructor(status, body) {
    super(body.code ?? `status_${status}`);
    this.status = status;
    this.code = body.code ?? `status_${status}`;
    this.detail = body.detail ?? null;
    this.detailEn = body.detailEn ?? null;
    this.values = body.values ?? {};
  }
}

/** No answer: the network or the daemon is down, or it took too long. */
export class Unreachable extends Error {
  key = "unreachable";
}

/** A newer request took the place of this one. */
export class Superseded extends Error {}

export const get = (path, options) => request("GET", path, undefined, options);
export const post = (path, body, options) => request("POST", path, body, options);
export const put = (path, body, options) => request("PUT", path, body, options);
export const del = (path, options) => request("DELETE", path, undefined, options);

export async function getText(path) {
  return (await answer("GET", path, undefined, {})).text();
}

export async function getBlob(path) {
  return (await answer("GET", path, undefined, {})).blob();
}

/** The bytes of an answer that goes on for as long as `signal` lets it; only the wait for its begin is limited. */
export async function getStream(path, signal) {
  return (await answer("GET", path, undefined, { signal })).body.getReader();
}

/** Calls `listener(isReachable)` whenever that changes or is confirmed. */
export function onReachable(listener) {
  notices.addEventListener("reachable", (event) => listener(event.detail));
}

/** Calls `listener()` when the log-in is no longer good. */
export function onExpired(listener) {
  notices.addEventListener("expired", listener);
}

export async function checkHealth() {
  try {
    const response = await fetch("/healthz", { signal: AbortSignal.timeout(timeoutMs) });
    report(response.ok);
  } catch {
    report(false);
  }
}

/** The answer, and whether the daemon had given it before to a request of the same id. */
export async function postOnce(path, body) {
  const response = await answer("POST", path, body, {});
  const isReplay = response.headers.get("Idempotency-Replayed") === "true";
  return { answer: await parsed(response, {}), isReplay };
}

async function request(method, path, body, options = {}) {
  return parsed(await answer(method, path, body, options), options);
}

async function parsed(response, options) {
  if (response.status === 204) return null;
  try {
    return await response.json();
  } catch (error) {
    if (options.signal?.aborted) throw new Superseded();
    throw new Unreachable(error.message);
  }
}

async function answer(method, path, body, options) {
  let response;
  const { signal, stopTimer } = limited(options.signal);
  try {
    response = await fetch(`/api/v1${path}`, {
      method,
      headers: headers(body, options),
      body: body === undefined ? undefined : JSON.stringify(body),
      cache: "no-store",
      signal,
    });
  } catch (error) {
    if (options.signal?.aborted) throw new Superseded();
    report(false);
    throw new Unreachable(error.message);
  } finally {
    stopTimer();
  }
  report(true);
  if (response.ok) return response;
  if (response.status === 401 && !pathsWithOwnLogIn.includes(path)) notices.dispatchEvent(new Event("expired"));
  throw new Problem(response.status, await problemBody(response));
}

/** Ends with the caller's signal or after `timeoutMs`. AbortSignal.any is too new for old computers. */
function limited(outer) {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), timeoutMs);
  outer?.addEventListener("abort", () => controller.abort(), { once: true });
  if (outer?.aborted) controller.abort();
  return { signal: controller.signal, stopTimer: () => clearTimeout(timer) };
}

function headers(body, { withoutToken = false }) {
  const result = {};
  if (body !== undefined) result["Content-Type"] = "application/json";
  if (body?.id !== undefined) result["Idempotency-Key"] = body.id;
  const token = store.token();
  if (token !== null && !withoutToken) result.Authorization = `Bearer ${token}`;
  return result;
}

async function problemBody(response) {
  try {
    return (await response.json()) ?? {};
  } catch {
    return {};
  }
}

function report(isReachable) {
  notices.dispatchEvent(new CustomEvent("reachable", { detail: isReachable }));
}
