// <fl-outcomes>: on the door page a digit presses the outcome that carries it, unless somebody is typing.

// A page brought back by the browser carries the id of an attempt that was recorded: it is asked for anew.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.location.reload();
});

class Outcomes extends HTMLElement {
  connectedCallback() {
    document.addEventListener("keydown", this);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this);
  }

  handleEvent(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.target.closest?.("input, textarea, select")) return;
    if (/^[0-9]$/.test(event.key)) this.querySelector(`[data-key="${event.key}"]`)?.click();
  }
}

customElements.define("fl-outcomes", Outcomes);
