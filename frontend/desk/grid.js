// <fl-grid>: a grid of plain fields worked as in a spreadsheet. Arrows and Enter move, Ctrl+D takes what stands above,
// a paste out of a spreadsheet is shown before it is put in. What is typed is kept on the server, sealed, never in the
// browser: names are personal data. Without this script the fields are plain fields, and "Keep" is a button.
//
// A grid may ask for more by attributes: data-pause (milliseconds before what was typed is kept), data-by-line (Enter goes
// to the head of the next line), data-done (the step that Ctrl+Enter presses), data-reads (the server answers a keeping with how it reads each line, and a paste with
// what its columns are). A field with data-quick goes on by itself after one of those characters, one field further or,
// for those in data-quicker, two.

const PAUSE = 1200;
const SHOWN = 4;
const STEPS = { ArrowUp: -1, ArrowDown: 1, Enter: 1 };

/** Cells of a text copied out of a spreadsheet; a cell with a line break or a tab in it stands in quotation marks. */
export function cellsOf(text) {
  const rows = [[]];
  let cell = "";
  let quoted = false;
  const source = text.replace(/\r\n?/g, "\n");
  for (let at = 0; at < source.length; at += 1) {
    const sign = source[at];
    if (quoted) {
      if (sign === '"' && source[at + 1] === '"') {
        cell += sign;
        at += 1;
      } else if (sign === '"') quoted = false;
      else cell += sign;
    } else if (sign === '"' && cell === "") quoted = true;
    else if (sign === "\t" || sign === "\n") {
      rows.at(-1).push(cell.trim());
      cell = "";
      if (sign === "\n") rows.push([]);
    } else cell += sign;
  }
  rows.at(-1).push(cell.trim());
  while (rows.length && rows.at(-1).every((one) => one === "")) rows.pop();
  return rows;
}

class Grid extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.state = this.querySelector("[data-state]");
    this.offer = this.querySelector("[data-paste]");
    this.pause = Number(this.dataset.pause ?? PAUSE);
    this.turn = 0;
    for (const kind of ["keydown", "input", "change", "paste", "compositionend"]) this.addEventListener(kind, this);
    this.form.addEventListener("submit", () => this.rest());
    // Whoever closes the page within the pause has typed all the same.
    addEventListener("pagehide", (this.leaving = () => this.timer && this.keep(true)));
  }

  disconnectedCallback() {
    this.rest();
    removeEventListener("pagehide", this.leaving);
  }

  rest() {
    clearTimeout(this.timer);
    this.timer = 0;
  }

  /** The lines to type into; the preview of a paste is a table too. */
  get rows() {
    return [...this.querySelectorAll("tbody tr")].filter((row) => row.querySelector("input"));
  }

  get lines() {
    return this.rows.map((row) => [...row.querySelectorAll("input:not([type=hidden])")]);
  }

  /** Where a field stands: its line and column. */
  placeOf(field) {
    const lines = this.lines;
    const y = lines.findIndex((line) => line.includes(field));
    return y < 0 ? null : { lines, y, x: lines[y].indexOf(field) };
  }

  handleEvent(event) {
    if (event.type === "input" || event.type === "change") this.typed(event.target);
    if (event.type === "input" || event.type === "compositionend") this.hurry(event);
    else if (event.type === "change" || !event.target.matches("input")) return;
    else if (event.type === "paste") this.pasted(event);
    else this.pressed(event);
  }

  pressed(event) {
    if (event.isComposing) return; // Enter ends a word of Chinese first.
    const field = event.target;
    if (event.key.toLowerCase() === "d" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.copyFromAbove(field);
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && this.dataset.done) {
      event.preventDefault();
      this.form.requestSubmit(this.form.querySelector(`button[value=${this.dataset.done}]`));
    } else if (event.ctrlKey || event.metaKey || event.altKey) return;
    else if (event.key in STEPS) {
      event.preventDefault();
      const down = event.key === "Enter" && event.shiftKey ? -1 : STEPS[event.key];
      const toHead = event.key === "Enter" && "byLine" in this.dataset;
      this.move(field, down, toHead ? -this.placeOf(field).x : 0);
    } else if (event.key === "ArrowLeft" && field.selectionStart === 0 && field.selectionEnd === 0) this.move(field, 0, -1, event);
    else if (event.key === "ArrowRight" && field.selectionStart === field.value.length) this.move(field, 0, 1, event);
  }

  move(field, down, right, event) {
    const place = this.placeOf(field);
    if (!place) return;
    if (down > 0 && place.y === place.lines.length - 1) this.grow(1);
    const next = this.lines[place.y + down]?.[place.x + right];
    if (!next) return;
    event?.preventDefault();
    next.focus();
    next.select();
  }

  /** One letter says an outcome; the next thing to type is who was met, or the next but one where nobody was. */
  hurry(event) {
    const { value, dataset } = event.target;
    if (event.isComposing || !dataset.quick || value.length !== 1 || event.inputType?.startsWith("delete")) return;
    const letter = value.toLowerCase();
    if (dataset.quicker?.includes(letter)) this.move(event.target, 0, 2);
    else if (dataset.quick.includes(letter)) this.move(event.target, 0, 1);
  }

  copyFromAbove(field) {
    const place = this.placeOf(field);
    const above = place?.lines[place.y - 1]?.[place.x];
    if (!above) return;
    field.value = above.value;
    this.typed(field);
  }

  /** Blank lines below, as many as are needed; a grid of rows that stand in a file does not grow. */
  grow(count) {
    if (!("grows" in this.dataset)) return;
    const rows = this.rows;
    for (let more = 0; more < count; more += 1) {
      const line = rows.at(-1).cloneNode(true);
      const number = rows.length + more + 1;
      line.className = "";
      line.querySelector(".is-row").textContent = number;
      line.querySelector(".is-doubt").textContent = "";
      for (const field of line.querySelectorAll("input")) {
        // What is hidden tells lines apart; the server makes an id of the page's and this number.
        field.value = field.type === "hidden" ? number : "";
        field.setAttribute("aria-label", (field.getAttribute("aria-label") ?? "").replace(/\d+/, number));
      }
      rows[0].parentElement.append(line);
    }
  }

  pasted(event) {
    const text = event.clipboardData?.getData("text") ?? "";
    const rows = cellsOf(text);
    if (rows.length < 2 && (rows[0]?.length ?? 0) < 2) return;
    event.preventDefault();
    if ("reads" in this.dataset) this.understand(event.target, text);
    else this.show(event.target, rows);
  }

  /** A paste as the server understands it; put in, it goes there again with everything else, and comes back as lines. */
  async understand(field, text) {
    this.form.elements.pasted.value = text;
    const answer = await this.post("paste").catch(() => null);
    this.form.elements.pasted.value = "";
    if (answer?.status !== 200) {
      this.state.textContent = this.dataset.unsaved;
      return;
    }
    const told = new DOMParser().parseFromString(await answer.text(), "text/html").body;
    this.propose(field, [...told.children], this.dataset.preview, () => {
      this.form.elements.pasted.value = text;
      this.form.requestSubmit(this.form.querySelector("button[value=check]"));
    });
  }

  /** What is about to be put in, before it is: a paste into the wrong cell would overwrite what was typed. */
  show(field, rows) {
    const columns = Math.max(...rows.map((row) => row.length));
    const table = document.createElement("table");
    table.className = "fl-table";
    for (const row of rows.slice(0, SHOWN)) {
      const line = table.insertRow();
      for (let at = 0; at < columns; at += 1) line.insertCell().textContent = row[at] ?? "";
    }
    if (rows.length > SHOWN) table.insertRow().insertCell().textContent = "…";
    const said = this.dataset.preview.replace("{rows}", rows.length).replace("{columns}", columns);
    this.propose(field, [table], said, () => this.putIn(field, rows));
  }

  propose(field, parts, said, put) {
    const take = this.button(said, "fl-btn is-first");
    const leave = this.button(this.dataset.cancel, "fl-btn");
    const buttons = document.createElement("div");
    buttons.className = "fl-btns";
    buttons.append(leave, take);
    take.addEventListener("click", put);
    leave.addEventListener("click", () => this.close(field));
    // With braces: a handler that answers false would keep Enter from pressing the button.
    this.offer.onkeydown = (event) => {
      if (event.key === "Escape") this.close(field);
    };
    this.offer.replaceChildren(...parts, buttons);
    this.offer.hidden = false;
    take.focus();
  }

  button(text, look) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = look;
    button.textContent = text;
    return button;
  }

  close(field) {
    this.offer.hidden = true;
    this.offer.replaceChildren();
    field.focus();
  }

  putIn(field, rows) {
    const { y, x, lines } = this.placeOf(field);
    this.grow(Math.max(0, y + rows.length - lines.length));
    const now = this.lines;
    rows.forEach((row, down) =>
      row.forEach((cell, right) => {
        const into = now[y + down]?.[x + right];
        if (!into) return;
        into.value = cell;
        this.decide(into);
      }),
    );
    this.close(field);
    this.typed(field);
  }

  typed(field) {
    this.decide(field);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), this.pause);
  }

  /** Whoever types a door into a row that nothing was said of means that door. */
  decide(field) {
    const what = field.matches("input") ? field.closest("tr")?.querySelector("select[name=what]") : null;
    if (what && what.value === "") what.value = "typed";
  }

  async keep(keepalive = false) {
    this.rest();
    this.turn += 1;
    const turn = this.turn;
    try {
      const answer = await this.post("draft", keepalive);
      this.state.textContent = answer.ok ? this.dataset.saved : this.dataset.unsaved;
      if (answer.status === 200) this.tell(await answer.text(), turn);
    } catch {
      this.state.textContent = this.dataset.unsaved;
    }
  }

  /** `keepalive`: it arrives although the page is being left; browsers refuse that for more than 64 KB. */
  post(step, keepalive = false) {
    const typed = new FormData(this.form);
    typed.set("step", step);
    return fetch(this.form.action, { method: "POST", body: typed, headers: { "HX-Request": "true" }, keepalive });
  }

  /** Under each line how it is read, unless something was typed since it was sent. */
  tell(text, turn) {
    if (turn !== this.turn) return;
    const told = new DOMParser().parseFromString(text, "text/html").querySelectorAll("[data-line]");
    const rows = this.rows;
    told.forEach((reading, at) => {
      const cell = rows[at]?.querySelector(".is-doubt");
      if (!cell) return;
      cell.replaceChildren(...reading.children);
      rows[at].className = reading.className;
    });
  }
}

if (globalThis.customElements) customElements.define("fl-grid", Grid);
