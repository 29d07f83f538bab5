// <fl-undo>: the time left to undo runs above the bar, then the bar leaves. The server judges by its own clock.

class Undo extends HTMLElement {
  connectedCallback() {
    const left = Number(this.dataset.seconds) * 1000;
    if (!(left > 0)) return;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const line = this.querySelector(".fl-undo-time");
    if (!still) line?.animate([{ transform: "scaleX(1)" }, { transform: "scaleX(0)" }], { duration: left, fill: "forwards" });
    this.ends = Date.now() + left;
    this.wait();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  wait() {
    this.timer = setTimeout(() => {
      // Whoever is on the button, by finger or by key, is not robbed of it.
      if (Date.now() < this.ends || this.contains(document.activeElement) || this.matches(":hover")) this.wait();
      else this.remove();
    }, 500);
  }
}

customElements.define("fl-undo", Undo);
