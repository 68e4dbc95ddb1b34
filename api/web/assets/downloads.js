// Links that download claims. With a key the file is fetched first: a plain link cannot carry one.

import { query, send } from "./api.js";
import { announce, element } from "./dom.js";
import { hasKey } from "./key.js";

const FORMATS = [
  ["CSV", "csv", "csv"],
  ["JSONL", "ndjson", "ndjson"],
  ["JSON-LD", "jsonld", "jsonld"],
];

/** One link for each format, for the claims that meet these conditions. */
export function downloads(conditions) {
  return FORMATS.map(([name, format, ending]) => {
    const href = `/v1/claims?${query({ ...conditions, format })}`;
    const file = `claims.${ending}`;
    const click = (event) => fetchWithKey(event, href, file);
    return element("a", { href, download: file, class: "download", click }, name);
  });
}

async function fetchWithKey(event, href, file) {
  if (!hasKey()) return;
  event.preventDefault();
  const url = URL.createObjectURL(await (await send(href)).blob());
  element("a", { href: url, download: file }).click();
  // The browser has taken hold of the file by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
  announce(`${file} is downloaded`);
}
