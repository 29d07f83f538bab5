// The desk's own tokens and frame, so that the two never drift apart, and what only a phone in a stairwell needs.

import "./reset.css";
import "../../../src/firstline/web/static/web/css/tokens.css";
import "../../../src/firstline/web/static/web/css/frame.css";
import "./field.css";
import "./sync/sync.css";
