// <fl-lens>: a tower on a phone. The overview is for looking; a window picks three floors, the lens below shows them
// large enough to press. Without this script the phone shows the whole tower in pressable rows.

const FLOORS = 3;
const PHONE = matchMedia("(max-width: 899.98px)");

class Lens extends HTMLElement {
  connectedCallback() {
    this.overview = this.querySelector("[data-overview]");
    this.rows = [...this.overview.querySelectorAll("tr[data-row]")];
    if (this.rows.length <= FLOORS) return;
    this.build();
    this.onChange = () => this.arrange();
    PHONE.addEventListener("change", this.onChange);
    this.overview.addEventListener("click", (event) => this.pick(event));
    this.arrange();
  }

  disconnectedCallback() {
    if (this.onChange) PHONE.removeEventListener("change", this.onChange);
  }

  build() {
    this.frame = document.createElement("div");
    this.frame.className = "is-overview";
    this.overview.replaceWith(this.frame);
    this.frame.append(this.overview);
    this.window = document.createElement("i");
    this.window.className = "fl-window";
    this.append(this.window);
    this.view = document.createElement("div");
    this.view.className = "fl-lens-view";
    this.heading = document.createElement("h2");
    this.heading.setAttribute("aria-live", "polite");
    const up = this.button("↑", this.dataset.up, -FLOORS);
    const down = this.button("↓", this.dataset.down, FLOORS);
    const buttons = document.createElement("div");
    buttons.className = "fl-btns";
    buttons.append(up, down);
    const head = document.createElement("div");
    head.className = "fl-lens-head";
    head.append(this.heading, buttons);
    this.table = document.createElement("table");
    this.table.className = "fl-wall is-dense";
    this.view.append(head, this.table);
    this.append(this.view);
    const undone = this.rows.findIndex((row) => row.querySelector(".fl-door:not(.is-dim):not(.s-registered):not(.s-vacant):not(.s-not_a_home)"));
    this.top = this.within(undone);
  }

  button(text, label, step) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "fl-btn";
    button.textContent = text;
    button.setAttribute("aria-label", label);
    button.addEventListener("click", () => this.show(this.top + step));
    return button;
  }

  within(index) {
    return Math.max(0, Math.min(index, this.rows.length - FLOORS));
  }

  arrange() {
    const phone = PHONE.matches;
    this.classList.toggle("is-lensed", phone);
    this.view.hidden = !phone;
    this.window.hidden = !phone;
    // Twice the same doors would be read twice: on a phone only those of the lens can be reached by keys and readers.
    if (phone) this.overview.setAttribute("aria-hidden", "true");
    else this.overview.removeAttribute("aria-hidden");
    for (const door of this.overview.querySelectorAll("a.fl-door")) {
      if (phone) door.tabIndex = -1;
    }
    if (phone) this.show(this.top);
  }

  pick(event) {
    const row = event.target.closest("tr[data-row]");
    if (!PHONE.matches || !row) return;
    event.preventDefault();
    this.show(this.rows.indexOf(row) - 1);
  }

  show(top) {
    this.top = this.within(top);
    const shown = this.rows.slice(this.top, this.top + FLOORS);
    const body = document.createElement("tbody");
    for (const row of shown) {
      const copy = row.cloneNode(true);
      for (const door of copy.querySelectorAll("a.fl-door")) door.removeAttribute("tabindex");
      body.append(copy);
    }
    this.table.replaceChildren(this.overview.querySelector("colgroup").cloneNode(true), body);
    this.heading.textContent = this.dataset.floors
      .replace("{low}", shown.at(-1).dataset.floor)
      .replace("{high}", shown[0].dataset.floor);
    const from = this.getBoundingClientRect().top;
    const first = shown[0].getBoundingClientRect();
    const last = shown.at(-1).getBoundingClientRect();
    this.window.style.top = `${first.top - from - 3}px`;
    this.window.style.height = `${last.bottom - first.top + 6}px`;
  }
}

customElements.define("fl-lens", Lens);
