// <fl-kept>: lines of what phones sent; arrows go from one to the next, a letter presses that line's button.

class Kept extends HTMLElement {
  connectedCallback() {
    this.addEventListener("keydown", this);
  }

  handleEvent(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const line = event.target.closest(".fl-kept-line");
    if (event.target.tagName === "INPUT") {
      if (event.key === "Escape") line.focus();
      return;
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const next = event.key === "ArrowDown" ? line.nextElementSibling : line.previousElementSibling;
      next?.focus();
      return;
    }
    const act = line.querySelector(`[data-key="${event.key.toLowerCase()}"]`);
    if (!act) return;
    event.preventDefault();
    if (act.tagName === "INPUT") act.focus();
    else act.click();
  }
}

customElements.define("fl-kept", Kept);
