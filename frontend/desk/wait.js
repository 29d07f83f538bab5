// <fl-wait>: stands hidden in a form whose answer takes a while; once it is sent, it says so and the button rests.

class Wait extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.form.addEventListener("submit", this);
    // A page that comes back from the browser's own store is not waiting any more.
    addEventListener("pageshow", this);
  }

  disconnectedCallback() {
    removeEventListener("pageshow", this);
  }

  handleEvent(event) {
    const waiting = event.type === "submit";
    this.hidden = !waiting;
    this.form.setAttribute("aria-busy", String(waiting));
    for (const button of this.form.querySelectorAll('button[type="submit"]')) button.disabled = waiting;
  }
}

customElements.define("fl-wait", Wait);
