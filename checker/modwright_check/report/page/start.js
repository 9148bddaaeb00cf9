"use strict";

// What Python has written into the page; and the parts that need this script are shown.
const report = JSON.parse(document.getElementById("data").textContent);
for (const part of document.querySelectorAll(".scripted")) part.hidden = false;

/* One element of many takes part in the order of Tab; arrow keys move from it (WAI-ARIA: roving
   tabindex). `step(element, key)` returns where a key leads to, if anywhere. */
function rove(container, selector, step) {
  const items = () => [...container.querySelectorAll(selector)];
  const enter = (element) => {
    for (const item of items()) item.tabIndex = -1;
    element.tabIndex = 0;
  };
  container.addEventListener("focusin", (event) => {
    const element = event.target.closest(selector);
    if (element) enter(element);
  });
  container.addEventListener("keydown", (event) => {
    const element = event.target.closest(selector);
    const next = element && step(element, event.key);
    if (!next) return;
    event.preventDefault();
    enter(next);
    next.focus();
  });
}

function written(tag, text, className = "") {
  const element = document.createElement(tag);
  element.textContent = text;
  if (className) element.className = className;
  return element;
}

const milliseconds = (value) => `${value.toFixed(value < 10 ? 2 : 1)} ms`;
