// The extraction of an article while it runs, and what to do when it did not succeed.

import { Problem, post, query, read } from "./api.js";
import { element, showProblem } from "./dom.js";
import { followJob } from "./follow.js";
import { counted } from "./words.js";

/** The article's latest job once it has ended, null where it has none. Until then a bar below the head says how far it is. */
export async function endedJob(articleId, head, signal) {
  const job = (await read(`/v1/jobs?${query({ article_id: articleId, limit: 1 })}`, { signal })).items[0] ?? null;
  if (!job || job.done) return job;
  const { node, takes } = progressOf(job);
  head.after(node);
  const ended = await followJob(job.id, takes, signal);
  node.remove();
  return ended;
}

/** What went wrong with the job, with a button to try again; `done` is called once the article waits anew. Else null. */
export function failureOf(job, article, done) {
  if (!job || job.state === "succeeded") return null;
  const words = element("div");
  const tell = (problem) => showProblem(words, problem);
  const again = async () => {
    try {
      await post("/v1/articles", { text: article.text });
      done();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      tell(error);
    }
  };
  tell(new Problem(job.error ?? { title: job.state === "cancelled" ? "The extraction was cancelled" : "The extraction failed" }));
  return element("div", { class: "problem", role: "alert" }, words, element("button", { type: "button", click: again }, "Try again"));
}

/** Ends the job; one that has ended in the meantime is left as it is. */
export async function cancel(job) {
  try {
    await post(`/v1/jobs/${job.id}/cancel`, {});
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 409) throw error;
  }
}

function progressOf(job) {
  const state = element("p", { role: "status" }, "Waiting for a worker …");
  const bar = element("progress", { max: 1, "aria-label": "Looking for numbers" });
  const stop = async () => {
    try {
      await cancel(job);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      state.textContent = error.sentence();
    }
  };
  const takes = ({ state: now, progress: { sentences_done: done, sentences_total: total } }) => {
    if (now === "queued") return;
    state.textContent = `Looking for numbers …${total ? ` ${done.toLocaleString("en")} of ${counted(total, "sentence")}` : ""}`;
    if (total) bar.value = done / total;
  };
  const button = element("button", { type: "button", class: "quiet", click: stop }, "Cancel");
  return { node: element("div", { class: "notice running" }, state, button, bar), takes };
}
