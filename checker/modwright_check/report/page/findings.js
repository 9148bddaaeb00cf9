/* The findings: filtered, and their commands copied. */

const filter = document.getElementById("filter");
if (filter) watch(filter);

function watch(form) {
  const findings = [...document.querySelectorAll(".finding")];
  const files = [...document.querySelectorAll(".file")];
  const filtered = document.getElementById("filtered");
  const texts = new Map(
    findings.map((finding) => [finding, `${finding.parentElement.firstElementChild.textContent} ${finding.textContent}`.toLowerCase()]),
  );

  function apply() {
    const wanted = new FormData(form);
    const severities = new Set(wanted.getAll("severity"));
    const code = wanted.get("code");
    const words = wanted.get("text").toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const finding of findings) {
      const text = texts.get(finding);
      finding.hidden =
        !severities.has(finding.dataset.severity) ||
        (code !== "" && code !== finding.dataset.code) ||
        !words.every((word) => text.includes(word));
      shown += finding.hidden ? 0 : 1;
    }
    for (const file of files) file.hidden = !file.querySelector(".finding:not([hidden])");
    filtered.textContent = `${shown} of ${findings.length} shown`;
  }

  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  apply();
}

for (const button of document.querySelectorAll(".copy")) {
  const command = button.previousElementSibling;
  button.setAttribute("aria-label", `Copy ${command.textContent}`);
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(command.textContent);
      button.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(command); // the rest is the reader's own Ctrl-C
      button.textContent = "Selected";
    }
  });
}
