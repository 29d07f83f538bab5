// <fl-drop>: files dropped anywhere on its page land in its file field, beside those chosen before; their names are listed.
// Beside the frame too: a browser would leave the page and open the file.

const KINDS = ["dragenter", "dragover", "dragleave", "drop"];

class Drop extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector('input[type="file"]');
    this.names = this.querySelector("[data-names]");
    for (const kind of KINDS) document.addEventListener(kind, this);
    this.field.addEventListener("change", this);
  }

  disconnectedCallback() {
    for (const kind of KINDS) document.removeEventListener(kind, this);
  }

  handleEvent(event) {
    if (event.type === "change") {
      this.tell();
      return;
    }
    if (!event.dataTransfer?.types.includes("Files")) return; // Text dragged into a field is none of ours.
    event.preventDefault();
    this.classList.toggle("is-over", event.type === "dragenter" || event.type === "dragover");
    if (event.type !== "drop" || !event.dataTransfer.files.length) return;
    const all = new DataTransfer();
    const files = this.field.multiple ? [...this.field.files, ...event.dataTransfer.files] : [event.dataTransfer.files[0]];
    for (const file of files) all.items.add(file);
    this.field.files = all.files;
    this.field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /** What was chosen, by name: a field for several files says only how many. */
  tell() {
    if (!this.names) return;
    const files = [...this.field.files];
    this.names.hidden = files.length < 2;
    const head = document.createElement("li");
    head.className = "fl-b";
    head.textContent = this.dataset.chosen.replace("{n}", files.length);
    const items = files.map((file) => {
      const item = document.createElement("li");
      item.textContent = file.name;
      return item;
    });
    this.names.replaceChildren(head, ...items);
  }
}

customElements.define("fl-drop", Drop);
