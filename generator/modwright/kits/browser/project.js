// The project as it was handed out, and with what the learner has written.

export class Project {
  #given;

  // told: what project.json says.
  constructor(told) {
    this.name = told.name;
    this.person = told.person;
    this.#given = new Map(Object.entries(told.files).map(([path, text]) => [path, bytes(text)]));
  }

  get given() {
    return this.#given;
  }

  exists(path, edits) {
    return edits.has(path) ? edits.get(path) !== null : this.#given.has(path);
  }

  text(path, edits) {
    if (edits.has(path)) return edits.get(path) ?? "";
    return new TextDecoder().decode(this.#given.get(path) ?? new Uint8Array());
  }

  // What a learner may want to look into, besides the exercise's own files: sources, not checks.
  others(exercise) {
    const folder = `course/${exercise.name}/`;
    const isShown = (path) =>
      (path.startsWith("src/") || path.startsWith(folder)) &&
      !exercise.files.includes(path) &&
      ![`${folder}page.md`, `${folder}exercise.toml`, `${folder}check.py`].includes(path);
    return [...this.#given.keys()].filter(isShown);
  }

  // All files as they are now, for a zip: pairs of path and content.
  handedIn({ edits, progress, person }) {
    const files = new Map(this.#given);
    const put = (path, text) => files.set(path, new TextEncoder().encode(text));
    for (const [path, text] of edits) {
      if (text === null) files.delete(path);
      else if (text || files.has(path)) put(path, text);
    }
    if (progress) put("course/progress.json", progress);
    put(".modwright-kit.json", JSON.stringify({ schema: 1, person: person || null }));
    return [...files].map(([path, content]) => [`${this.name}/${path}`, content]);
  }
}

function bytes(base64) {
  return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
}
