// Python in a worker: it begins with the project's files, and then answers one request at a time.

import { loadPyodide } from "./pyodide/pyodide.mjs";

const here = new URL(".", import.meta.url).href;
let answer;

async function begin(files) {
  const python = await loadPyodide({ indexURL: `${here}pyodide/` });
  for (const [path, content] of files) {
    const file = `/project/${path}`;
    python.FS.mkdirTree(file.slice(0, file.lastIndexOf("/")));
    python.FS.writeFile(file, content);
  }
  const program = await fetch(`${here}course.py`);
  python.runPython(await program.text(), { filename: "course.py" });
  answer = python.runPython("Course(ROOT).answer");
}

addEventListener("message", async ({ data }) => {
  try {
    if (data.files) {
      await begin(data.files);
      postMessage({ begun: true });
    } else {
      postMessage({ answer: JSON.parse(answer(JSON.stringify(data.request))) });
    }
  } catch (error) {
    postMessage({ broken: String(error) });
  }
});
