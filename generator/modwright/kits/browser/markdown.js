// The Markdown that pages of exercises are written in, as elements: nothing of it is taken as HTML.

const ITEM = /^(?:[-*]|\d+[.)]) +/;
const ENDS_PARAGRAPH = /^(?:\s*$|#{1,4} |```|[-*] |\d+[.)] )/;
// `code`, **strong**, *emphasis*, [text](address)
const INLINE =
  /(`+)(.+?)\1|\*\*(.+?)\*\*|\*([^\s*](?:[^*]*[^\s*])?)\*|\[([^\]]+)\]\(([^)\s]+)\)/;

// Returns a DocumentFragment. level: of the heading that `# ` makes.
export function rendered(text, level = 2) {
  const whole = document.createDocumentFragment();
  const lines = text.replaceAll("\r\n", "\n").split("\n");
  while (lines.length) {
    const block = taken(lines, level);
    if (block) whole.append(block);
  }
  return whole;
}

// Returns a paragraph in which nothing but `code` is told from the rest.
export function paragraph(text) {
  const parts = text.split(/`([^`]+)`/);
  return element("p", ...parts.map((part, at) => (at % 2 ? element("code", part) : part)));
}

// Takes one block off the lines, and returns its element.
function taken(lines, level) {
  const line = lines[0];
  const heading = /^(#{1,4}) +(.*)/.exec(line);
  if (!line.trim()) return void lines.shift();
  if (heading) {
    lines.shift();
    return element(`h${Math.min(level + heading[1].length - 1, 6)}`, ...inline(heading[2]));
  }
  if (line.startsWith("```")) return fenced(lines);
  if (line.startsWith("    ")) return indented(lines);
  if (ITEM.test(line)) return list(lines, level);
  const said = [lines.shift(), ...whileTrue(lines, (next) => !ENDS_PARAGRAPH.test(next))];
  return element("p", ...inline(said.join(" ")));
}

function fenced(lines) {
  lines.shift();
  const code = whileTrue(lines, (line) => !line.startsWith("```"));
  lines.shift();
  return element("pre", code.join("\n"));
}

function indented(lines) {
  const code = whileTrue(lines, (line) => !line.trim() || line.startsWith("    "));
  return element("pre", code.map((line) => line.slice(4)).join("\n").trimEnd());
}

function list(lines, level) {
  const isNumbered = (line) => /^\d/.test(line);
  const whole = element(isNumbered(lines[0]) ? "ol" : "ul");
  const goesOn = (line) => ITEM.test(line) && isNumbered(line) === (whole.localName === "ol");
  while (lines.length && goesOn(lines[0])) {
    const width = ITEM.exec(lines[0])[0].length;
    const first = lines.shift().slice(width);
    const rest = whileTrue(lines, (line) => !line.trim() || line.startsWith(" ".repeat(width)));
    const inside = [first, ...rest.map((line) => line.slice(width))].join("\n");
    const item = element("li", rendered(inside, level));
    // Its first paragraph stands in the item itself, close to the others.
    const start = item.firstElementChild;
    if (start?.localName === "p") start.replaceWith(...start.childNodes);
    whole.append(item);
  }
  return whole;
}

function inline(text) {
  const found = INLINE.exec(text);
  if (!found) return text ? [text] : [];
  const [all, , code, strong, emphasis, link, address] = found;
  const middle =
    code !== undefined ? element("code", code.trim())
    : strong !== undefined ? element("strong", ...inline(strong))
    : emphasis !== undefined ? element("em", ...inline(emphasis))
    : `${link} (${address})`;
  return [text.slice(0, found.index), middle, ...inline(text.slice(found.index + all.length))];
}

function whileTrue(lines, holds) {
  const end = lines.findIndex((line) => !holds(line));
  return lines.splice(0, end < 0 ? lines.length : end);
}

function element(name, ...children) {
  const made = document.createElement(name);
  made.append(...children);
  return made;
}
