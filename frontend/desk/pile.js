// <fl-pile>: persons are typed one a line; Enter on an empty line after the last one presses the first button.

class Pile extends HTMLElement {
  connectedCallback() {
    this.addEventListener("keydown", this);
  }

  handleEvent(event) {
    const lines = event.target;
    if (event.key !== "Enter" || event.isComposing || event.shiftKey || lines.tagName !== "TEXTAREA") return;
    const before = lines.value.slice(0, lines.selectionStart);
    const after = lines.value.slice(lines.selectionEnd);
    if (after.trim() !== "" || before.trim() === "" || !/\n[ \t]*$/.test(before)) return;
    event.preventDefault();
    this.querySelector("button.is-first")?.click();
  }
}

customElements.define("fl-pile", Pile);
