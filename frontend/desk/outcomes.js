// <fl-outcomes>: on the door page a digit presses the outcome that carries it, unless somebody is typing.

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
