// Keys of a list: a digit presses the filter that carries it, N and P turn the page, unless somebody is typing.
// And the fold of the top bar, which closes when somebody goes on.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.key === "Escape") {
    const fold = document.querySelector(".fl-top-more[open]");
    fold?.removeAttribute("open");
    fold?.querySelector("summary").focus();
    return;
  }
  if (event.target.closest?.("input, textarea, select, [contenteditable]")) return;
  if (!/^[0-9a-z]$/i.test(event.key)) return;
  document.querySelector(`.fl-by-key [data-key="${event.key.toUpperCase()}"]`)?.click();
});

for (const kind of ["click", "focusin"]) {
  document.addEventListener(kind, (event) => {
    for (const fold of document.querySelectorAll(".fl-top-more[open]")) {
      if (!fold.contains(event.target)) fold.removeAttribute("open");
    }
  });
}
