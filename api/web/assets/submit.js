// Submitting articles, from the form or from files, and following their jobs.

import { Problem, post, read } from "./api.js";
import { announce, byId, button, element, showProblem } from "./dom.js";
import { submissionOf } from "./files.js";
import { followJob, pause } from "./follow.js";
import { rememberKnown } from "./known.js";
import { codePoints } from "./offsets.js";
import { showRecent } from "./recent.js";
import { cancel } from "./running.js";
import { counted } from "./words.js";

// A browser opens six connections to a server; the rest of the page needs some of them.
const FOLLOWED_AT_ONCE = 3;
const BATCH_PAUSE = 1000;
// The fields of a submission, and the ids of theirs in the form.
const FIELDS = {
  text: "text", title: "title", publisher: "publisher", country: "country", published_at: "published", url: "url",
};
const STATES = {
  queued: "waiting", running: "being read", succeeded: "done", failed: "failed", cancelled: "cancelled",
};
const waiting = [];
let followed = 0;

/** Wires the form, the file picker and the page as a place to drop files on. */
export function setUpSubmit() {
  byId("submit").addEventListener("submit", (event) => {
    event.preventDefault();
    submitForm();
  });
  byId("text").addEventListener("input", showSize);
  byId("choose").addEventListener("click", () => byId("files").click());
  byId("example").addEventListener("click", fillInExample);
  byId("files").addEventListener("change", (event) => {
    submitFiles([...event.target.files]);
    event.target.value = "";
  });
  setUpDrop();
}

function setUpDrop() {
  const drop = byId("drop");
  const hasFiles = (event) => event.dataTransfer?.types.includes("Files");
  addEventListener("dragover", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    drop.classList.add("over");
  });
  addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) drop.classList.remove("over");
  });
  addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    drop.classList.remove("over");
    location.hash = "#/";
    submitFiles([...event.dataTransfer.files]);
  });
}

async function fillInExample() {
  const article = await read("/web/example.json");
  fillIn({ ...article, published_at: article.published_at.slice(0, 10) });
  byId("submit").querySelector("details").open = true;
  byId("text").focus();
}

function fillIn(article) {
  for (const [field, id] of Object.entries(FIELDS)) byId(id).value = article[field] ?? "";
  showSize();
}

/** Sends the text from the form once more, so that it is still there should it be refused. */
function sendAgain(article) {
  fillIn(article);
  byId("submit").requestSubmit();
}

function showSize() {
  const size = codePoints(byId("text").value);
  const limit = Number(document.documentElement.dataset.maxCharacters);
  byId("text-size").textContent = size ? `${size.toLocaleString("en")} of ${counted(limit, "character")}` : "";
  byId("text-size").classList.toggle("too-long", size > limit);
}

async function submitForm() {
  const given = Object.entries(FIELDS).map(([field, id]) => [field, byId(id).value.trim()]);
  const body = { ...Object.fromEntries(given.filter(([, value]) => value)), text: byId("text").value };
  if (body.country) body.country = body.country.toUpperCase();
  showProblem(byId("submit-error"), null);
  const primary = byId("submit").querySelector("[type=submit]");
  primary.disabled = true;
  try {
    const job = await post("/v1/articles", body);
    if (job.duplicate) rememberKnown(job.article_id, body, () => sendAgain(body));
    byId("submit").reset();
    showSize();
    location.hash = `#/articles/${job.article_id}`;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    showProblem(byId("submit-error"), error);
  } finally {
    primary.disabled = false;
  }
}

/** Submits the files one after the other; a single article is shown as soon as it is taken. */
async function submitFiles(files) {
  byId("work").hidden = files.length === 0 && byId("jobs").children.length === 0;
  const lines = files.map((file) => jobLine(file.name));
  byId("jobs").prepend(...lines.map((line) => line.node));
  for (const [index, file] of files.entries()) {
    const line = lines[index];
    try {
      const { path, body, type } = await submissionOf(file);
      const answer = await post(path, body, type);
      if (path === "/v1/batches") atMost(() => followBatch(answer, line));
      else {
        line.takes(answer);
        if (files.length === 1) {
          if (answer.duplicate) rememberKnown(answer.article_id, body, () => submitFiles(files));
          location.hash = `#/articles/${answer.article_id}`;
        } else atMost(() => followOne(answer, line));
      }
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      line.fails(error);
    }
  }
  showRecent();
}

/** Runs the work now, or once one of those before it has ended. */
function atMost(work) {
  waiting.push(work);
  next();
}

async function next() {
  if (followed >= FOLLOWED_AT_ONCE || waiting.length === 0) return;
  followed += 1;
  try {
    await waiting.shift()();
  } finally {
    followed -= 1;
    next();
  }
}

async function followOne(job, line) {
  try {
    const ended = await followJob(job.id, (changed) => line.takes(changed));
    announce(`${line.name}: ${outcome(ended)}`);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    line.fails(error);
  }
}

async function followBatch(batch, line) {
  try {
    line.takesBatch(batch);
    while (!batch.done) {
      await pause(BATCH_PAUSE);
      batch = await read(`/v1/batches/${batch.id}`);
      line.takesBatch(batch);
    }
    announce(`${line.name}: ${counted(batch.accepted, "article")}, ${counted(batch.claims_count, "claim")}`);
    showRecent();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    line.fails(error);
  }
}

/** A line of the list of submissions, and what can be told on it. */
function jobLine(name) {
  const state = element("span", { class: "job-state" }, "being sent");
  const bar = element("progress", { max: 1, "aria-label": `Progress of ${name}` });
  const tools = element("span", { class: "job-tools" });
  const trouble = element("div", { class: "problem", hidden: true });
  const node = element("li", {}, element("span", { class: "job-name" }, name), state, bar, tools, trouble);
  const progress = (done, total) => {
    if (total) bar.value = done / total;
    else bar.removeAttribute("value");
  };
  const ends = () => bar.remove();
  const fails = (problem) => {
    state.textContent = "failed";
    node.classList.add("failed");
    showProblem(trouble, problem);
    tools.replaceChildren();
    ends();
    announce(`${name}: ${problem.sentence()}`);
  };
  return {
    name,
    node,
    fails,
    takes(job) {
      state.textContent = outcome(job);
      progress(job.progress.sentences_done, job.progress.sentences_total);
      const toRead = () => element("a", { href: `#/articles/${job.article_id}` }, "Read");
      tools.replaceChildren(job.done ? toRead() : cancelButton(job, name, fails));
      if (job.state === "failed") fails(new Problem(job.error ?? {}));
      else if (job.done) ends();
    },
    takesBatch(batch) {
      const { jobs_done: done, jobs_total: total } = batch.progress;
      const articles = `${done.toLocaleString("en")} of ${counted(total, "article")}`;
      state.textContent = `${articles}, ${counted(batch.claims_count, "claim")}`;
      progress(done, total);
      tools.replaceChildren(element("a", { href: `#/claims?batch_id=${batch.id}` }, "Show its claims"));
      if (batch.rejected.length) showProblem(trouble, refused(batch.rejected));
      if (batch.done) ends();
    },
  };
}

/** How a job stands, in words. */
function outcome(job) {
  const known = job.duplicate ? ", known already" : "";
  return STATES[job.state] + known + (job.state === "succeeded" ? `, ${counted(job.claims_count, "claim")}` : "");
}

function refused(lines) {
  const shown = lines
    .slice(0, 10)
    .map(({ line, problem }) => ({ name: `line ${line}`, message: new Problem(problem).sentence() }));
  return new Problem({ title: `${counted(lines.length, "line")} refused`, errors: shown });
}

function cancelButton(job, name, fails) {
  const stop = async () => {
    try {
      await cancel(job);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      fails(error);
    }
  };
  return button({ class: "quiet", "aria-label": `Cancel ${name}`, click: stop }, "Cancel");
}
