// <fl-board src tag proof>: asks whether the board has changed when the server says that the next sweep should have been,
// and not while nobody sees it. What stood still is answered with 304; the proof, which the server gives and knows again,
// spares it looking up who asks.
// [data-as-of] says how new it is, [data-cut-off] that nobody answers; [data-clock] is the wall's clock.

// Seconds. Five hundred screens do not ask in the same moment, but shortly after one another: that costs least. Where no answer came, or none that says when, after FALLBACK.
const SPREAD = 1;
const FALLBACK = 10;

class Board extends HTMLElement {
  connectedCallback() {
    this.tag = this.getAttribute("tag");
    this.proof = this.getAttribute("proof");
    this.wait(FALLBACK);
    document.addEventListener("visibilitychange", this);
    this.tick();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    document.removeEventListener("visibilitychange", this);
  }

  handleEvent() {
    this.look();
  }

  wait(seconds) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(), (seconds + Math.random() * SPREAD) * 1000);
  }

  async look() {
    this.wait(FALLBACK);
    if (document.hidden) return;
    this.tick();
    try {
      const headers = { "If-None-Match": this.tag, "Firstline-Proof": this.proof, "HX-Request": "true" };
      const answer = await fetch(this.getAttribute("src"), { headers, cache: "no-store", credentials: "same-origin" });
      if (answer.status !== 304 && !answer.ok) throw new Error(String(answer.status));
      this.show(answer, answer.status === 304 ? null : await answer.text());
    } catch {
      for (const one of document.querySelectorAll("[data-cut-off]")) one.hidden = false;
    }
  }

  show(answer, text) {
    this.tag = answer.headers.get("ETag") ?? this.tag;
    this.proof = answer.headers.get("Firstline-Proof") ?? this.proof;
    this.wait(Number(answer.headers.get("Firstline-Again")) || FALLBACK);
    if (text !== null) this.querySelector("[data-part]").innerHTML = text;
    for (const one of document.querySelectorAll("[data-as-of]")) one.textContent = answer.headers.get("Firstline-As-Of");
    for (const one of document.querySelectorAll("[data-cut-off]")) one.hidden = true;
  }

  tick() {
    const shown = { hour: "2-digit", minute: "2-digit", hour12: false };
    for (const one of document.querySelectorAll("[data-clock]")) {
      one.textContent = new Date().toLocaleTimeString("zh-CN", { ...shown, timeZone: one.dataset.clock });
    }
  }
}

customElements.define("fl-board", Board);
