// <fl-house>: the keyboard on a picture of doors. Arrows move, Enter opens (the link does), digits record, T shows tonight.

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
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key in STEPS) this.move(event, grid, door);
    else if (/^[0-9]$/.test(event.key)) this.record(event, door);
    else if (event.key.toLowerCase() === "t") document.querySelector('.fl-filter a[data-key="T"]')?.click();
  }

  move(event, grid, door) {
    const rows = rowsOf(grid);
    const next = neighbour(rows, place(rows, door), STEPS[event.key]);
    event.preventDefault();
    if (next) next.focus();
    else this.cross(event.key, grid);
  }

  /** Past the right or left edge stands the next building. */
  cross(key, grid) {
    if (key !== "ArrowRight" && key !== "ArrowLeft") return;
    const other = this.grids[this.grids.indexOf(grid) + (key === "ArrowRight" ? 1 : -1)];
    other?.querySelector('a.fl-door[tabindex="0"]')?.focus();
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
