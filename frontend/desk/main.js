// The desk's small modules. Every page works without them; they add keys, a running clock, a drop zone, the lens, grids,
// a lock.
import "./house.js";
import "./lens.js";
import "./undo.js";
import "./drop.js";
import "./grid.js";
import "./wait.js";
import "./outcomes.js";
import "./dial.js";
import "./offline.js";
import "./lock.js";
import "./pile.js";
import "./kept.js";
import "./bell.js";
import "./print.js";
import "./board.js";
import "./keys.js";
