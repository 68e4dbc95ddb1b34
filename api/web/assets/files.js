// What a dropped or chosen file is to the service, by the ending of its name.

import { Problem } from "./api.js";

const NAME_LIMIT = 200;

/** The submission for a file: {name, path, body, type}. Throws a `Problem` where the file cannot be one. */
export async function submissionOf(file) {
  const ending = file.name.toLowerCase().match(/\.(\w+)$/)?.[1] ?? "";
  switch (ending) {
    case "html":
    case "htm":
      // As bytes: a page may say itself how it is encoded.
      return { name: file.name, path: "/v1/articles", body: file, type: "text/html" };
    case "jsonl":
    case "ndjson":
      return { name: file.name, path: "/v1/batches", body: file, type: "application/x-ndjson" };
    case "json":
      return ofJson(file.name, await textOf(file));
    case "txt":
    case "text":
    case "md":
      return ofText(file.name, await textOf(file));
    default:
      throw new Problem({ title: "This kind of file is not read here", detail: "Send .txt, .html, .json or .jsonl" });
  }
}

function ofText(name, text) {
  return article(name, { text, external_id: [...name].slice(0, NAME_LIMIT).join("") });
}

function ofJson(name, text) {
  let value;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Problem({ title: "The file is not JSON", detail: error.message });
  }
  if (Array.isArray(value)) value = { articles: value };
  return value && typeof value === "object" && "articles" in value
    ? { name, path: "/v1/batches", body: value, type: "application/json" }
    : article(name, value);
}

function article(name, body) {
  return { name, path: "/v1/articles", body, type: "application/json" };
}

async function textOf(file) {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
  } catch {
    throw new Problem({ title: "The file is not text in UTF-8", detail: "Save it with that encoding and try again" });
  }
}
