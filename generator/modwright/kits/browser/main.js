// The course in a browser: what is asked of Python, and what its answers change.

import { Editor } from "./editor.js";
import { Kept } from "./kept.js";
import { Project } from "./project.js";
import { Ended, Python } from "./python.js";
import * as screen from "./screen.js";
import { zip } from "./zip.js";

const { at } = screen;

const NEW = "This file is not there. It is made when you write into it.";
const ALL = "All that can be done in a browser is done. The others are done on your computer.";

let project, kept, python, editor;
let course; // as Python has told it last
let file = ""; // that the editor shows
let isBusy = false;

async function begin() {
  screen.say("Starting Python. This takes some seconds …");
  project = new Project(await (await fetch("project.json")).json());
  kept = new Kept(project, () => course && show(file));
  python = new Python(project.given);
  editor = new Editor(at("editor"), write);
  document.title = at("project").textContent = project.name;
  at("person").value = kept.person;
  listen();
  const answer = await ask("show", "");
  if (!answer) return;
  document.querySelector("main").hidden = document.querySelector("footer").hidden = false;
  open();
  screen.say(kept.problem || "Ready.");
}

function listen() {
  const isWide = matchMedia("(min-width: 64rem)");
  const unfold = () => (at("exercises").open = isWide.matches);
  isWide.addEventListener("change", unfold);
  unfold();
  at("check").addEventListener("click", check);
  at("stop").addEventListener("click", () => python.end("stopped"));
  at("hint").addEventListener("click", help("hint"));
  at("solution").addEventListener("click", help("solution"));
  at("reset").addEventListener("click", reset);
  at("next").addEventListener("click", () => go(next().name));
  at("file").addEventListener("change", () => show(at("file").value));
  at("delete").addEventListener("click", remove);
  at("download").addEventListener("click", download);
  at("person").addEventListener("input", () => {
    kept.person = at("person").value.trim();
    kept.save();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    if (!at("work").hidden) check();
  });
}

const exercise = () => course.exercises.find((each) => each.name === course.current);

// The next exercise that can be done here and is not done yet.
function next() {
  const number = course.exercises.indexOf(exercise());
  const inOrder = [...course.exercises.slice(number + 1), ...course.exercises.slice(0, number)];
  return inOrder.find((each) => each.browser && !each.passed);
}

// Asks Python for something; returns the answer, or nothing when there is none, and says why.
async function ask(what, name, { seconds, ...more } = {}) {
  isBusy = true;
  drawButtons(what);
  const edits = Object.fromEntries(kept.edits);
  try {
    const request = { what, exercise: name, edits, progress: kept.progress, ...more };
    const answer = await python.ask(request, seconds);
    if (!answer.problem) take(answer);
    else screen.say(answer.problem);
    return answer.problem ? undefined : answer;
  } catch (error) {
    if (!(error instanceof Ended)) throw error;
    if (what === "check") return await ended(error.how, name, seconds);
    screen.say("Python does not run in this browser. Take a newer one, or another one.");
  } finally {
    isBusy = false;
    drawButtons();
  }
}

// Tells of a check that has not come to its end, which the next Python counts as a try.
async function ended(how, name, seconds) {
  if (how === "stopped") return void screen.say("Stopped.");
  screen.say("Ended. Starting Python again …");
  return await ask("ended", name, { limit: how === "time" ? seconds : 0 });
}

function take(answer) {
  course = answer.course;
  kept.progress = answer.progress;
  for (const [path, text] of Object.entries(answer.edits ?? {})) kept.edits.set(path, text);
  kept.save();
  screen.showCourse(course, go);
}

function write() {
  edit(editor.text);
}

// text: of the file that the editor shows; null deletes it.
function edit(text) {
  const wasThere = isThere(file);
  kept.edits.set(file, text);
  kept.save();
  if (kept.problem) screen.say(kept.problem);
  if (isThere(file) !== wasThere) drawFiles();
}

const isThere = (path) => project.exists(path, kept.edits);

function drawFiles() {
  const current = exercise();
  screen.showFiles(current.files, project.others(current), file, isThere);
  drawButtons();
}

function remove() {
  edit(null);
  show(file);
  screen.say(`${file} is deleted.`);
  at("file").focus();
}

async function check() {
  if (isBusy || !course) return;
  screen.say("Checking …");
  const { name, seconds } = exercise();
  const answer = await ask("check", name, { seconds });
  if (!answer) return;
  screen.showOutcome(answer.outcome, goTo);
  const isOver = answer.outcome.passed && !next();
  screen.say(kept.problem || answer.note || (isOver ? ALL : ""));
}

const help = (what) => async () => {
  const answer = await ask(what, course.current);
  if (answer) screen.showHelp(exercise(), answer.solution);
};

async function reset() {
  const question = "Make the places of this exercise empty again? What you wrote there is lost.";
  if (!confirm(question)) return;
  if (await ask("reset", course.current)) open();
}

async function go(name) {
  if (isBusy || !(await ask("show", name))) return;
  open();
  at("page").focus();
}

// Shows the current exercise.
function open() {
  const current = exercise();
  screen.showPage(course, current);
  screen.clearOutcome();
  screen.showHelp(current);
  show(current.files[0], current.line);
}

function show(path, line) {
  file = path;
  drawFiles();
  editor.show(project.text(path, kept.edits), isThere(path) ? "" : NEW);
  editor.goTo(line || 1);
}

function goTo(path, line) {
  show(path, line);
  editor.focus();
}

function drawButtons(what) {
  if (!course) return;
  const current = exercise();
  const mayGo = current.removes.includes(file) && isThere(file);
  const isChecking = what === "check";
  screen.showButtons({ exercise: current, isBusy, isChecking, mayGo, next: next() });
}

function download() {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(zip(project.handedIn(kept)));
  link.download = `${[kept.person, project.name].filter(Boolean).join(", ")}.zip`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // some browsers fetch it later
}

begin().catch((error) => {
  console.error(error);
  screen.say("The page does not work here. Load it again; if that does not help, tell a helper.");
});
