// <fl-house>: the keyboard on a picture of doors. Arrows move, Enter opens (the link does), digits record, T shows tonight.
// At the desk a click, or the space bar, shows a door's facts beside the picture; names are looked at only then.

/** Rows of doors in reading order; a hole in a floor stays a hole, so that "up" keeps its column. */
function rowsOf(grid) {
  return [...grid.querySelectorAll("[data-row]")].map((row) =>
    [...row.querySelectorAll("td:not(.fl-stair):not(.fl-floor-left), li")].map((cell) => cell.querySelector("a.fl-door")),
  );
}

function place(rows, door) {
  for (let y = 0; y < rows.length; y += 1) {
    const x = rows[y].indexOf(door);
    if (x >= 0) return { x, y };
  }
  return null;
}

const DESK = matchMedia("(min-width: 900px)");
const NO_DOOR = "00000000-0000-0000-0000-000000000000";
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** The next door in a direction: holes are stepped over, the edge of the grid stays. */
function neighbour(rows, from, [dx, dy]) {
  let { x, y } = from;
  for (;;) {
    x += dx;
    y += dy;
    const row = rows[y];
    if (!row || x < 0 || x >= row.length) return null;
    if (row[x]) return row[x];
  }
}

class House extends HTMLElement {
  connectedCallback() {
    this.grids = [...this.querySelectorAll(".fl-grid-keys")];
    for (const grid of this.grids) {
      // One stop of the Tab key per building; within it the arrows move.
      const doors = [...grid.querySelectorAll("a.fl-door")];
      const first = doors.find((door) => door.getAttribute("aria-current")) ?? doors[0];
      for (const door of doors) door.tabIndex = door === first ? 0 : -1;
    }
    this.addEventListener("keydown", this);
    this.addEventListener("focusin", this);
    this.addEventListener("click", this);
    this.querySelector('a.fl-door[aria-current="true"]')?.focus({ preventScroll: true });
  }

  handleEvent(event) {
    const door = event.target.closest?.("a.fl-door");
    if (!door) return;
    const grid = door.closest(".fl-grid-keys");
    if (event.type === "focusin") {
      for (const other of grid.querySelectorAll('a.fl-door[tabindex="0"]')) other.tabIndex = -1;
      door.tabIndex = 0;
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.type === "click") {
      // Enter on a link is a click without a pointer: it opens the door.
      if (event.detail > 0) this.select(event, door);
    } else if (event.key === " ") this.select(event, door);
    else if (event.key in STEPS) this.move(event, grid, door);
    else if (/^[0-9]$/.test(event.key)) this.record(event, door);
    else if (event.key.toLowerCase() === "t") document.querySelector('.fl-filter a[data-key="T"]')?.click();
  }

  move(event, grid, door) {
    const rows = rowsOf(grid);
    const next = neighbour(rows, place(rows, door), STEPS[event.key]);
    event.preventDefault();
    if (next) next.focus();
    else this.cross(event.key, grid, rows.length - place(rows, door).y);
  }

  /** Past the right or left edge stands the next building: the same floor of it, counted from the ground. */
  cross(key, grid, floor) {
    if (key !== "ArrowRight" && key !== "ArrowLeft") return;
    const other = this.grids[this.grids.indexOf(grid) + (key === "ArrowRight" ? 1 : -1)];
    if (!other) return;
    const rows = rowsOf(other);
    const doors = rows[Math.max(0, rows.length - floor)].filter(Boolean);
    (key === "ArrowRight" ? doors[0] : doors.at(-1))?.focus();
  }

  /** Show a door's facts beside the picture; without a panel, or on a phone, the link opens its page. */
  select(event, door) {
    const panel = document.getElementById("fl-panel");
    if (!panel || !this.dataset.panel || !DESK.matches || !window.htmx) return;
    event.preventDefault();
    for (const other of this.querySelectorAll('a.fl-door[aria-current="true"]')) other.removeAttribute("aria-current");
    door.setAttribute("aria-current", "true");
    door.focus();
    window.htmx.ajax("GET", this.dataset.panel.replace(NO_DOOR, door.dataset.door), { target: panel, swap: "innerHTML" });
  }

  record(event, door) {
    const form = document.getElementById(this.dataset.form);
    const key = document.querySelector(`.fl-keys [data-key="${event.key}"]`);
    if (!form || !key || !door.dataset.record) return;
    event.preventDefault();
    form.action = door.dataset.record;
    form.elements.result.value = key.dataset.result;
    form.submit();
  }
}

customElements.define("fl-house", House);
