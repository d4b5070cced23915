// The meal centre that is looked at: a centre's staff have one, a manager chooses.

import { get } from "./api.js";
import * as store from "./store.js";

let all = [];
let current = null;

export const centre = () => current;
export const allCentres = () => all;

export async function loadCentres({ user }) {
  all = (await get("/centres")).items;
  const wanted = user.centreID ?? current?.id ?? store.load("centre")?.id;
  current = all.find(({ id }) => id === wanted) ?? all[0] ?? null;
}

export function useCentre(one) {
  current = one;
  store.save("centre", { id: one.id });
}
