// <fl-bell>: how many messages wait, in the top bar. Asks every half minute while somebody may see it; what has not
// changed is answered with 304 and costs the server one lookup. <fl-told> on the page of messages says that new ones came.

const EVERY = 30_000;
const KEPT = "fl-bell";

class Bell extends HTMLElement {
  connectedCallback() {
    this.figure = this.querySelector("b");
    // From page to page of this tab: the count stands at once, and asking again costs no more than in between.
    this.show(this.kept());
    this.timer = setInterval(() => this.ask(), EVERY);
    document.addEventListener("visibilitychange", this);
    this.ask();
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    document.removeEventListener("visibilitychange", this);
  }

  handleEvent() {
    this.ask();
  }

  kept() {
    const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
    return kept?.who === this.dataset.who ? kept : null;
  }

  async ask() {
    if (document.hidden) return;
    const before = this.kept();
    const headers = before ? { "If-None-Match": before.tag } : {};
    let answer;
    try {
      answer = await fetch(this.dataset.url, { headers, cache: "no-store", redirect: "error" });
    } catch {
      return; // no network: the yellow band says so
    }
    if (answer.status !== 200) return;
    const said = await answer.json();
    const now = { who: this.dataset.who, tag: answer.headers.get("ETag"), count: said.count, most: said.most };
    sessionStorage.setItem(KEPT, JSON.stringify(now));
    this.show(now);
    const told = document.querySelector("fl-told");
    if (told && before && now.count > before.count) told.hidden = false;
  }

  show(now) {
    const count = now?.count ?? 0;
    this.figure.hidden = count === 0;
    this.figure.textContent = now?.most ? "99+" : String(count);
  }
}

customElements.define("fl-bell", Bell);
