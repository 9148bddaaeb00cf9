// What the learner has written, kept in this browser from one visit to the next: `edits` are the
// texts of files, and null for a file that was deleted.

export class Kept {
  #key;

  // changed: called when another window of this browser has written something.
  constructor(project, changed) {
    this.#key = `modwright: ${project.name}, ${project.person ?? ""}`;
    this.problem = "";
    this.person = project.person ?? "";
    this.#take();
    addEventListener("storage", ({ key }) => {
      if (key !== this.#key) return;
      this.#take();
      changed();
    });
  }

  save() {
    const { progress, person } = this;
    try {
      const edits = Object.fromEntries(this.edits);
      localStorage.setItem(this.#key, JSON.stringify({ edits, progress, person }));
      this.problem = "";
    } catch {
      this.problem = "This browser keeps nothing: download your work before you close the page.";
    }
  }

  #take() {
    const kept = this.#read();
    this.edits = new Map(Object.entries(kept.edits ?? {}));
    this.progress = kept.progress ?? "";
    this.person = kept.person ?? this.person;
  }

  #read() {
    try {
      const kept = JSON.parse(localStorage.getItem(this.#key) ?? "{}");
      const isWhole =
        typeof (kept.progress ?? "") === "string" &&
        typeof (kept.person ?? "") === "string" &&
        Object.values(kept.edits ?? {}).every((text) => text === null || typeof text === "string");
      return isWhole ? kept : {};
    } catch {
      return {};
    }
  }
}
