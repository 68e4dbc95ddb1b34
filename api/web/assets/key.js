// The API key: asked for when the server wants one, kept for as long as the tab is open.

import { byId } from "./dom.js";

const NAME = "tally-key";
let asking = null;

/** The headers that carry the key, if there is one. */
export function keyHeaders() {
  const key = sessionStorage.getItem(NAME);
  return key ? { Authorization: `Bearer ${key}` } : {};
}

export function hasKey() {
  return sessionStorage.getItem(NAME) !== null;
}

export function forgetKey() {
  sessionStorage.removeItem(NAME);
  showButton();
}

/** Asks for a key, once for all requests that want one at the same time; resolves to whether one was given. */
export function askForKey(reason) {
  asking ??= ask(reason).finally(() => {
    asking = null;
  });
  return asking;
}

/** Wires the button that forgets the key; `changed` is called afterwards. */
export function setUpKey(changed) {
  showButton();
  byId("forget-key").addEventListener("click", () => {
    forgetKey();
    changed();
  });
}

function ask(reason) {
  const dialog = byId("key-dialog");
  const field = byId("key");
  byId("key-detail").textContent = reason;
  field.value = "";
  dialog.returnValue = "cancel";
  dialog.showModal();
  field.focus();
  return new Promise((resolve) => {
    dialog.addEventListener(
      "close",
      () => {
        const given = dialog.returnValue === "use" ? field.value.trim() : "";
        field.value = "";
        if (given) sessionStorage.setItem(NAME, given);
        showButton();
        resolve(given !== "");
      },
      { once: true },
    );
  });
}

function showButton() {
  byId("forget-key").hidden = !hasKey();
}
