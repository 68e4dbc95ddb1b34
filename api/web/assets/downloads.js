// Links that download claims. The page fetches the file: a plain link can carry no key, nor a name of the page's own.

import { Problem, query, send } from "./api.js";
import { announce, element, showProblem } from "./dom.js";

const FORMATS = [
  ["CSV", "csv", "csv"],
  ["JSONL", "ndjson", "ndjson"],
  ["JSON-LD", "jsonld", "jsonld"],
];
// Excel takes a CSV file for UTF-8 only where it begins so; without, "€5m" and "Māori" are garbled.
const BYTE_ORDER_MARK = "\ufeff";
const NAME_LENGTH = 60;

/** One link for each format, for the claims of this list that meet these conditions, as a file of this name. */
export function downloads(path, conditions, name) {
  const trouble = element("div", { class: "problem", role: "alert", hidden: true });
  const links = FORMATS.map(([label, format, ending]) => {
    const href = `${path}?${query({ ...conditions, format })}`;
    const file = `${name}.${ending}`;
    const click = (event) => {
      event.preventDefault();
      save(event.currentTarget, file, trouble);
    };
    return element("a", { href, download: file, class: "download", click }, label);
  });
  return [...links, trouble];
}

/** A file name made of the words of a title; null where it has none. */
export function fileName(title) {
  const words = title.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu)?.join("-");
  if (!words) return null;
  const characters = [...words];
  return characters.length > NAME_LENGTH ? characters.slice(0, NAME_LENGTH).join("").replace(/-[^-]*$/, "") : words;
}

/** Fetches what the link leads to and hands it to the browser as a file; one that was cut off is not handed over. */
async function save(link, file, trouble) {
  if (link.ariaBusy === "true") return;
  link.ariaBusy = "true";
  showProblem(trouble, null);
  announce(`${file} is being fetched`);
  try {
    const content = await contentOf(link.href);
    const url = URL.createObjectURL(new Blob(file.endsWith(".csv") ? [BYTE_ORDER_MARK, content] : [content]));
    element("a", { href: url, download: file }).click();
    // The browser has taken hold of the file by then.
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
    announce(`${file} is downloaded`);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    showProblem(trouble, error);
  } finally {
    link.ariaBusy = null;
  }
}

async function contentOf(href) {
  const response = await send(href);
  try {
    return await response.blob();
  } catch {
    throw new Problem({ title: "The file was cut off on its way", detail: "Try again" });
  }
}
