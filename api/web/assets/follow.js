// Following a job: server-sent events, or polling where these cannot be had.

import { read, send } from "./api.js";

// Short at first, since most articles are read within a second.
const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 1000;

/** Calls `changed` with the job whenever it has moved, and returns it once it has ended. */
export async function followJob(id, changed, signal) {
  let job = await read(`/v1/jobs/${id}`, { signal });
  changed(job);
  if (!job.done) {
    job = (await listen(id, changed, signal)) ?? (await poll(id, changed, signal));
  }
  return job;
}

/** Follows the events of the job; null when they end before it does. */
async function listen(id, changed, signal) {
  try {
    // EventSource can send no Authorization header, so the stream is read by hand.
    const response = await send(`/v1/jobs/${id}/events`, { signal, headers: { Accept: "text/event-stream" } });
    if (!response.headers.get("Content-Type")?.startsWith("text/event-stream")) return null;
    for await (const event of events(response.body)) {
      if (!["state", "progress", "done"].includes(event)) continue;
      const job = await read(`/v1/jobs/${id}`, { signal });
      changed(job);
      if (job.done) return job;
    }
  } catch (error) {
    if (signal?.aborted) throw error;
  }
  return null;
}

async function poll(id, changed, signal) {
  for (let time = FIRST_PAUSE; ; time = Math.min(2 * time, LONGEST_PAUSE)) {
    const job = await read(`/v1/jobs/${id}`, { signal });
    changed(job);
    if (job.done) return job;
    await pause(time, signal);
  }
}

/** The names of the events of a stream. Each event only says that the job has moved; the job itself is read anew. */
async function* events(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  let name = "message";
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      const lines = (rest + value).split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop();
      for (const line of lines) {
        if (line.startsWith("event:")) name = line.slice(6).trim();
        else if (line === "") {
          yield name;
          name = "message";
        }
      }
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

/** Resolves after so many milliseconds, at once when the signal aborts. */
export function pause(milliseconds, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
