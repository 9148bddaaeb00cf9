// What is seen: it draws what it is told, and knows nothing of Python.

import { paragraph, rendered } from "./markdown.js";

export const at = (id) => document.getElementById(id);

const PRINTED = 15; // lines of what the learner's code has printed

export function say(text) {
  at("status").textContent = text;
}

export function showCourse(course, go) {
  const done = course.exercises.filter((each) => each.passed).length;
  const all = course.exercises.length;
  at("done").textContent = `${done} of ${all} done`;
  at("bar").max = all;
  at("bar").value = done;
  const entries = course.exercises.map((each, at) => entry(each, at + 1, course.current, go));
  at("list").replaceChildren(...entries);
}

function entry(exercise, number, current, go) {
  const state = exercise.passed ? "done" : exercise.browser ? "" : "on your computer";
  const title = element("span", exercise.title, element("small", state));
  const button = element("button", element("span", `${number}.`), title);
  button.addEventListener("click", () => go(exercise.name));
  if (exercise.name === current) button.setAttribute("aria-current", "true");
  if (exercise.passed) button.className = "passed";
  return element("li", button);
}

export function showPage(course, exercise) {
  const number = course.exercises.indexOf(exercise) + 1;
  const kicker = element("p", `Exercise ${number} of ${course.exercises.length}`);
  kicker.className = "quiet";
  at("page").replaceChildren(kicker, rendered(exercise.page));
  at("page").scrollTop = 0;
  at("work").hidden = !exercise.browser;
  at("elsewhere").hidden = exercise.browser;
  at("elsewhere").replaceChildren(
    element("h3", "This one is done on your computer"),
    element(
      "p",
      "Python in a browser has no processes, no environments, no scrypt and no compiler, and this" +
        " exercise needs one of them. Download your work, unpack it, and start there:",
    ),
    element("pre", "python learn.py"),
  );
}

// Offers the files of the exercise, and those of the project. isThere: whether a file is.
export function showFiles(own, others, chosen, isThere) {
  const option = (path) => {
    const made = element("option", isThere(path) ? path : `${path} (not there)`);
    made.value = path;
    return made;
  };
  const group = (label, paths) => {
    const made = element("optgroup", ...paths.map(option));
    made.label = label;
    return made;
  };
  at("file").replaceChildren(group("This exercise", own), group("The project", others));
  at("file").value = chosen;
}

export function showButtons({ exercise, isBusy, isChecking, mayGo, next }) {
  at("delete").hidden = !mayGo;
  at("check").disabled = isBusy;
  at("stop").hidden = !isChecking;
  at("next").hidden = !(exercise.passed && next) || isChecking;
  at("hint").disabled = isBusy || !exercise.has_more_hints;
  at("solution").disabled = at("reset").disabled = isBusy;
}

// open: called with a file and a line when somebody wants to go there.
export function showOutcome(outcome, open) {
  const { passed, message, file, line, output } = outcome;
  const head = element("h3", passed ? "Done" : "Not yet");
  const parts = [head, ...paragraphs(message)];
  if (file && !passed) parts.splice(1, 0, place(file, line, open));
  const lines = output.trimEnd().split("\n");
  if (output.trim()) {
    const much = lines.length > PRINTED ? " much, and at last" : "";
    const told = element("p", `Your code has printed${much}:`);
    parts.push(told, element("pre", lines.slice(-PRINTED).join("\n")));
  }
  at("result").className = passed ? "good" : "bad";
  at("result").replaceChildren(...parts);
}

export function clearOutcome() {
  at("result").className = "";
  at("result").replaceChildren();
}

export function showHelp(exercise, solution) {
  const hints = exercise.hints.map((hint, number) => {
    const said = rendered(hint);
    said.firstElementChild?.prepend(element("strong", `Hint ${number + 1}: `));
    return said;
  });
  const shown = solution ? [element("h3", "A solution"), element("pre", solution.trimEnd())] : [];
  at("help").replaceChildren(...hints, ...shown);
}

function place(file, line, open) {
  const button = element("button", line ? `${file}, line ${line}` : file);
  button.className = "place";
  button.addEventListener("click", () => open(file, line));
  return button;
}

// Lines that begin with a blank stay as they are.
function paragraphs(text) {
  const made = [];
  for (const line of text.split("\n")) {
    const isCode = line.startsWith(" ");
    const last = made.at(-1);
    if (isCode && last?.localName === "pre") last.append(`\n${line.slice(4)}`);
    else made.push(isCode ? element("pre", line.slice(4)) : paragraph(line));
  }
  return made;
}

function element(name, ...children) {
  const made = document.createElement(name);
  made.append(...children);
  return made;
}
