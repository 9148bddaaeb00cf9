// The editor: a field of text with numbers of lines, in which Tab indents until Escape is pressed.

const STEP = 4; // blanks

export class Editor {
  #area;
  #numbers;
  #tabMoves = false;

  // changed: called after each change by the learner.
  constructor(place, changed) {
    this.#area = place.querySelector("textarea");
    this.#numbers = place.querySelector("pre");
    this.#area.addEventListener("input", () => {
      this.#number();
      changed();
    });
    this.#area.addEventListener("scroll", () => this.#follow());
    this.#area.addEventListener("keydown", (event) => this.#key(event));
    this.#area.addEventListener("blur", () => (this.#tabMoves = false));
  }

  get text() {
    return this.#area.value;
  }

  // instead: what stands there as long as the text is empty.
  show(text, instead) {
    this.#area.placeholder = instead;
    if (text === this.text) return;
    this.#area.value = text;
    this.#area.setSelectionRange(0, 0);
    this.#number();
  }

  // Puts the caret into a line, counted from 1, and shows it.
  goTo(line) {
    const before = this.text.split("\n").slice(0, line - 1);
    const at = before.reduce((sum, each) => sum + each.length + 1, 0);
    this.#area.setSelectionRange(at, at);
    const height = this.#area.scrollHeight / this.text.split("\n").length;
    this.#area.scrollTop = Math.max(0, (line - 4) * height);
    this.#area.scrollLeft = 0;
    this.#follow();
  }

  focus() {
    this.#area.focus();
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape") {
      this.#tabMoves = true;
    } else if (event.key === "Tab" && !this.#tabMoves) {
      event.preventDefault();
      if (event.shiftKey) this.#indentLess();
      else this.#indentMore();
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.#type(`\n${" ".repeat(this.#indentation())}`);
    } else if (event.key !== "Shift" && event.key !== "Tab") {
      this.#tabMoves = false;
    }
  }

  #indentMore() {
    const { selectionStart: start, selectionEnd: end } = this.#area;
    if (this.text.slice(start, end).includes("\n")) {
      return this.#eachLine((line) => line && " ".repeat(STEP) + line);
    }
    this.#type(" ".repeat(STEP - ((start - this.#lineStart(start)) % STEP)));
  }

  #indentLess() {
    this.#eachLine((line) => line.replace(new RegExp(`^ {1,${STEP}}`), ""));
  }

  // Changes each line that is selected, and leaves them selected.
  #eachLine(change) {
    const area = this.#area;
    const start = this.#lineStart(area.selectionStart);
    const next = this.text.indexOf("\n", Math.max(area.selectionEnd - 1, area.selectionStart));
    const end = next < 0 ? this.text.length : next;
    const isOne = area.selectionStart === area.selectionEnd;
    const lines = this.text.slice(start, end).split("\n").map(change).join("\n");
    const caret = Math.max(start, area.selectionStart - (end - start - lines.length));
    area.setSelectionRange(start, end);
    this.#type(lines);
    area.setSelectionRange(isOne ? caret : start, isOne ? caret : start + lines.length);
  }

  // How far the next line is indented: as this one, and one step more after a colon.
  #indentation() {
    const at = this.#area.selectionStart;
    const line = this.text.slice(this.#lineStart(at), at);
    return /^ */.exec(line)[0].length + (/:\s*(#.*)?$/.test(line) ? STEP : 0);
  }

  #lineStart(at) {
    return this.text.slice(0, at).lastIndexOf("\n") + 1;
  }

  // As if it were typed, so that it can be undone: nothing newer than execCommand keeps that.
  #type(text) {
    const area = this.#area;
    const isDone = document.execCommand(text ? "insertText" : "delete", false, text);
    if (isDone) return;
    area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new InputEvent("input"));
  }

  #number() {
    const lines = this.text.split("\n").length;
    this.#numbers.textContent = Array.from({ length: lines }, (_, at) => at + 1).join("\n");
    this.#follow();
  }

  #follow() {
    this.#numbers.scrollTop = this.#area.scrollTop;
  }
}
