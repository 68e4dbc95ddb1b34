// Requests to the interface under /v1, and its problems in words.

import { askForKey, forgetKey, hasKey, keyHeaders } from "./key.js";

/** Why something did not work: problem details (RFC 9457) of the server, or that it does not answer. */
export class Problem extends Error {
  constructor({ title = "Something went wrong", detail = "", errors = [], status = 0, request_id = null }) {
    super(title);
    Object.assign(this, { title, detail, errors, status, requestId: request_id });
  }

  /** The problem as lines to show: what it is, then each field at fault. */
  paragraphs() {
    const fields = this.errors.map(({ name, pointer, message }) => (name ? `${name}: ` : fieldName(pointer)) + message);
    const told = [this.title, this.detail].filter(Boolean).map((part) => (/[.?!]$/.test(part) ? part : `${part}.`));
    const trace = this.requestId && this.status >= 500 ? [`Request ${this.requestId}`] : [];
    return [told.join(" "), ...fields, ...trace];
  }

  sentence() {
    return this.paragraphs().join(" ");
  }
}

/** Sends a request, asks for a key where one is needed, and returns the response; throws a `Problem`. */
export async function send(path, { headers = {}, ...options } = {}) {
  for (;;) {
    let response;
    try {
      response = await fetch(path, { ...options, headers: { ...headers, ...keyHeaders() } });
    } catch (error) {
      if (error.name === "AbortError") throw error;
      throw new Problem({ title: "The server does not answer", detail: "Is it running, and are you online?" });
    }
    if (response.ok) return response;
    const problem = await problemOf(response);
    if (response.status === 401) {
      const reason = hasKey() ? problem.detail : "This server lets in only those who have a key.";
      forgetKey();
      if (await askForKey(reason)) continue;
    }
    throw problem;
  }
}

/** The JSON answer to a GET. */
export async function read(path, options = {}) {
  return (await send(path, options)).json();
}

/** The JSON answer to a POST of this body, a value or, with its media type, a text or file. */
export async function post(path, body, type = "application/json") {
  const content = type === "application/json" ? JSON.stringify(body) : body;
  return (await send(path, { method: "POST", body: content, headers: { "Content-Type": type } })).json();
}

/** All items of a list, page after page. */
export async function readAll(path, options = {}) {
  const items = [];
  let cursor = null;
  do {
    const page = await read(`${path}?${query({ limit: 500, cursor })}`, options);
    items.push(...page.items);
    cursor = page.next;
  } while (cursor);
  return items;
}

/** A query string of those parameters that have a value. */
export function query(parameters) {
  return new URLSearchParams(Object.entries(parameters).filter(([, value]) => value)).toString();
}

async function problemOf(response) {
  const type = response.headers.get("Content-Type") ?? "";
  if (type.includes("json")) {
    try {
      return new Problem({ status: response.status, ...(await response.json()) });
    } catch {
      // Cut off on its way; the status is all there is.
    }
  }
  return new Problem({ title: `The server answered with status ${response.status}`, status: response.status });
}

function fieldName(pointer) {
  const name = pointer.replace(/^\//, "").replaceAll("_", " ");
  return name ? `${name}: ` : "";
}
