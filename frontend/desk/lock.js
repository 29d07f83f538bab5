// <fl-desk-lock>: covers the page when nobody has touched it for a while, or at once at F9 or the lock button. What was typed
// stays where it is, below the cover. The server locks the session too, and by its own clock without us.

const LOOK_EVERY = 5000;

class DeskLock extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    this.form = this.querySelector("form");
    this.password = this.form.querySelector("input[type=password]");
    this.mistake = this.form.querySelector(".fl-mistake");
    this.touched = Date.now();
    const touch = () => {
      if (!this.dialog.open) this.touched = Date.now();
    };
    for (const name of ["pointerdown", "keydown", "wheel", "touchmove"]) addEventListener(name, touch, { passive: true });
    addEventListener("keydown", (event) => {
      if (event.key !== "F9" || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      this.lock();
    });
    document.addEventListener("submit", (event) => {
      if (!event.target.matches(".fl-lock-now")) return;
      event.preventDefault();
      this.lock();
    });
    // A fragment was refused because the session is locked.
    document.body.addEventListener("fl-locked", () => this.cover());
    this.dialog.addEventListener("cancel", (event) => event.preventDefault());
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.unlock();
    });
    // A computer that slept has no timers; a page that comes back is looked at at once.
    document.addEventListener("visibilitychange", () => this.look());
    this.timer = setInterval(() => this.look(), LOOK_EVERY);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  look() {
    const minutes = Number(this.dataset.minutes);
    if (minutes > 0 && !this.dialog.open && Date.now() - this.touched >= minutes * 60_000) this.lock();
  }

  lock() {
    this.cover();
    this.send(document.querySelector(".fl-lock-now").action).catch(() => {});
  }

  cover() {
    if (this.dialog.open) return;
    this.before = document.activeElement;
    document.body.classList.add("is-covered");
    this.dialog.showModal();
    this.password.value = "";
    this.say("");
    this.password.focus();
  }

  async unlock() {
    let answer;
    try {
      answer = await this.send(this.form.action, { password: this.password.value });
    } catch {
      this.say(this.dataset.gone);
      return;
    }
    this.password.value = "";
    if (answer.status === 422) {
      this.say(this.dataset.wrong);
      this.password.focus();
    } else if (answer.ok) {
      document.body.classList.remove("is-covered");
      this.dialog.close();
      this.touched = Date.now();
      this.before?.focus();
    } else {
      location.reload();
    }
  }

  say(text) {
    this.mistake.textContent = text;
    this.mistake.hidden = !text;
  }

  send(address, fields = {}) {
    const token = this.form.querySelector("[name=csrfmiddlewaretoken]").value;
    const body = new URLSearchParams({ ...fields, quiet: "1", csrfmiddlewaretoken: token });
    return fetch(address, { method: "POST", body, redirect: "error" });
  }
}

customElements.define("fl-desk-lock", DeskLock);
