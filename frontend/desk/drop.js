// <fl-drop>: a file dropped anywhere in the frame lands in its file field.

class Drop extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector('input[type="file"]');
    for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) this.addEventListener(kind, this);
  }

  handleEvent(event) {
    event.preventDefault();
    this.classList.toggle("is-over", event.type === "dragenter" || event.type === "dragover");
    if (event.type !== "drop" || !event.dataTransfer?.files.length) return;
    const one = new DataTransfer();
    one.items.add(event.dataTransfer.files[0]);
    this.field.files = one.files;
    this.field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

customElements.define("fl-drop", Drop);
