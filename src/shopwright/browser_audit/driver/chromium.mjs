// One browser, spoken to through a pipe: a port would let every user of the machine steer it. It stays in this
// process's group, so that ending the group ends it too.
import { spawn } from "node:child_process";
import { load } from "./tools.mjs";

const END = "\0";

/** DevTools messages over the file descriptors 3 and 4, each ended by a zero byte. */
class Pipe {
  #rest = [];

  constructor(writing, reading) {
    this.writing = writing;
    reading.on("data", (data) => this.#read(data));
    reading.on("close", () => this.onclose?.());
    for (const stream of [writing, reading]) stream.on("error", () => {});
  }

  #read(data) {
    let start = 0;
    for (let end = data.indexOf(0); end >= 0; end = data.indexOf(0, start)) {
      const message = Buffer.concat([...this.#rest, data.subarray(start, end)]).toString();
      this.#rest = [];
      start = end + 1;
      setImmediate(() => this.onmessage?.(message));
    }
    this.#rest.push(data.subarray(start));
  }

  send(message) {
    this.writing.write(message + END);
  }

  close() {
    this.writing.end();
  }
}

export async function startChromium(tools, program, profile, flags) {
  const { default: puppeteer } = await load(tools, "puppeteer-core");
  const stdio = ["ignore", "ignore", "ignore", "pipe", "pipe"];
  const child = spawn(program, ["--remote-debugging-pipe", `--user-data-dir=${profile}`, ...flags], { stdio });
  const gone = new Promise((_, fail) => {
    child.on("error", (error) => fail(new Error(`the browser does not start: ${error.message}`)));
    child.on("exit", (status) => fail(new Error(`the browser ended with status ${status}`)));
  });
  gone.catch(() => {});
  const transport = new Pipe(child.stdio[3], child.stdio[4]);
  return Promise.race([puppeteer.connect({ transport, defaultViewport: null, protocolTimeout: 60_000 }), gone]);
}
