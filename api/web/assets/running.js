// The extraction of an article while it runs, and what to do when it did not succeed.

import { Problem, post, query, read } from "./api.js";
import { button, element, showProblem } from "./dom.js";
import { followJob } from "./follow.js";
import { counted } from "./words.js";

/** The article's latest job once it has ended, null where it has none; until then a bar below the head tells of it. */
export async function endedJob(articleId, head, signal) {
  const job = (await read(`/v1/jobs?${query({ article_id: articleId, limit: 1 })}`, { signal })).items[0] ?? null;
  if (!job || job.done) return job;
  const { node, takes } = progressOf(job);
  head.after(node);
  const ended = await followJob(job.id, takes, signal);
  node.remove();
  return ended;
}

/** What went wrong with the job, else null. Its button tries again; `done` is called once the article waits anew. */
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
  tell(new Problem(job.error ?? { title: `The extraction ${job.state === "cancelled" ? "was cancelled" : "failed"}` }));
  return element("div", { class: "problem", role: "alert" }, words, button({ click: again }, "Try again"));
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
    const far = total ? ` ${done.toLocaleString("en")} of ${counted(total, "sentence")}` : "";
    state.textContent = `Looking for numbers …${far}`;
    if (total) bar.value = done / total;
  };
  const end = button({ class: "quiet", click: stop }, "Cancel");
  return { node: element("div", { class: "notice running" }, state, end, bar), takes };
}
