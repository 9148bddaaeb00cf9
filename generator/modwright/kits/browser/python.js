// Python, as the page sees it: it is asked, and it is ended when it takes too long.

const SECONDS = 60; // for whatever is not a check

// It was ended before it has answered: its time was over (`time`), somebody wanted it (`stopped`),
// or it has broken down (`broken`).
export class Ended extends Error {
  constructor(how) {
    super(how);
    this.how = how;
  }
}

export class Python {
  #files;
  #worker;
  #begun;
  #refuse; // the promise that somebody waits for

  // files: a Map of contents by path.
  constructor(files) {
    this.#files = files;
    this.#begin();
  }

  // Resolves when it can be asked.
  get begun() {
    return this.#begun;
  }

  // Resolves to the answer; rejects with Ended.
  async ask(request, seconds = SECONDS) {
    await this.#begun;
    const clock = setTimeout(() => this.end("time"), seconds * 1000);
    try {
      return (await this.#send({ request })).answer;
    } catch (error) {
      if (error.how === "broken") this.#begin();
      throw error;
    } finally {
      clearTimeout(clock);
    }
  }

  // Ends it, whatever it does, and begins anew.
  end(how) {
    this.#worker.terminate();
    this.#refuse?.(new Ended(how));
    this.#begin();
  }

  #begin() {
    this.#worker?.terminate();
    this.#worker = new Worker(source(), { type: "module" });
    this.#begun = this.#send({ files: this.#files });
    this.#begun.catch(() => {}); // whoever asks gets it
  }

  #send(message) {
    const worker = this.#worker;
    return new Promise((resolve, reject) => {
      this.#refuse = reject;
      const broken = () => reject(new Ended("broken"));
      worker.onerror = broken;
      worker.onmessage = ({ data }) => {
        if (!("broken" in data)) return resolve(data);
        console.info(data.broken);
        broken();
      };
      worker.postMessage(message);
    });
  }
}

// A worker made of a blob obeys the policy of its page; one of a file would obey its server's.
function source() {
  const program = `import ${JSON.stringify(new URL("worker.js", import.meta.url).href)};`;
  return URL.createObjectURL(new Blob([program], { type: "text/javascript" }));
}
