// What the learner has written, kept in this browser from one visit to the next.

export class Kept {
  #key;

  constructor(project) {
    this.#key = `modwright: ${project.name}, ${project.person ?? ""}`;
    this.problem = "";
    const kept = this.#read();
    this.edits = new Map(Object.entries(kept.edits ?? {}));
    this.progress = kept.progress ?? "";
    this.person = kept.person ?? project.person ?? "";
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

  #read() {
    try {
      const kept = JSON.parse(localStorage.getItem(this.#key) ?? "{}");
      const isWhole =
        typeof (kept.progress ?? "") === "string" &&
        typeof (kept.person ?? "") === "string" &&
        Object.values(kept.edits ?? {}).every((text) => typeof text === "string");
      return isWhole ? kept : {};
    } catch {
      return {};
    }
  }
}
