// What doors, results and moments are called, in the words of the stairwell.
import { dayOf, wall } from "../../domain/calendar.ts";
import { isLane } from "../../domain/new_door.ts";
import type { Channel, Outcome } from "../../domain/results.ts";
import { reasonOf, type Reason } from "../../domain/walk.ts";
import type { Line } from "../../domain/work.ts";
import { language, t } from "../i18n.ts";

type Word = () => string;

const OUTCOMES: Readonly<Record<Outcome, Word>> = {
  registered: () => t("Registered"),
  partial: () => t("Known in part"),
  vacant: () => t("Vacant"),
  not_a_home: () => t("Not a home"),
  untried: () => t("Not been there"),
  refused: () => t("Refused"),
  knocked2: () => t("Not in, twice"),
  knocked1: () => t("Not in, once"),
  notice: () => t("Notice up"),
  form: () => t("Form left"),
  tonight: () => t("Tonight"),
  unknown: () => t("Not settled"),
};

export function outcomeWord(outcome: Outcome): string {
  return OUTCOMES[outcome]();
}

const RESULTS: Readonly<Record<string, Word>> = {
  registered: () => t("Opened, registered"),
  partial: () => t("Registered in part"),
  no_answer: () => t("Nobody answered"),
  refused_safety: () => t("Refused: afraid to open"),
  refused_privacy: () => t("Refused: afraid for their data"),
  refused: () => t("Refused"),
  come_back: () => t("Asked us to come later"),
  call_later: () => t("Asked us to call later"),
  form_slipped: () => t("Form pushed under the door"),
  form_returned: () => t("Form handed back"),
  notice_posted: () => t("Notice on the door"),
  vacant: () => t("Nobody lives here"),
  said_vacant: () => t("Said to be empty, nobody looked"),
  not_a_home: () => t("Not a home"),
  not_found: () => t("Door not found"),
  listed: () => t("Named by a list"),
  number_dead: () => t("Number does not exist"),
  wrong_number: () => t("Somebody else's number"),
  switched_off: () => t("Telephone switched off"),
  suspended: () => t("Number out of service"),
  busy: () => t("Line busy"),
  hung_up: () => t("Hung up"),
  seal_set: () => t("Empty, sealed with a dated slip"),
  seal_intact: () => t("Seal whole, still empty"),
  seal_broken: () => t("Seal broken, somebody is back"),
  window_lit: () => t("Window lit at night"),
};

export function resultWord(result: string): string {
  return RESULTS[result]?.() ?? result;
}

/** What stands on the button; shorter than how it is told afterwards. */
export function buttonWord(result: string, channel: Channel): string {
  if (channel !== "door" && result === "registered") return t("Answered, registered");
  if (channel === "phone" && result === "no_answer") return t("Nobody picked up");
  return BUTTONS[result]?.() ?? resultWord(result);
}

const BUTTONS: Readonly<Record<string, Word>> = {
  partial: () => t("Only in part"),
  come_back: () => t("Come later"),
  form_slipped: () => t("Form left"),
  form_returned: () => t("Form is back"),
  notice_posted: () => t("Notice up"),
  vacant: () => t("Nobody lives here"),
  number_dead: () => t("Dead number"),
  wrong_number: () => t("Wrong number"),
};

/** An attempt in words: nobody answered, light was on. */
export function told(result: string, note: string, people = 0): string {
  const said = people > 0 ? t("{said}, {n} people", { said: resultWord(result), n: people }) : resultWord(result);
  return note ? t("{said}, {note}", { said, note }) : said;
}

export function whyWord(result: string): string {
  if (result === "refused_safety") return t("Afraid to open the door");
  return result === "refused_privacy" ? t("Afraid for their data") : t("Did not say why");
}

const REASONS: Readonly<Record<string, (times: number) => string>> = {
  "Nobody has ever been there": () => t("Nobody has ever been there"),
  "Nobody in the evening, try by day": () => t("Nobody in the evening, try by day"),
  "Called without luck, go there": () => t("Called without luck, go there"),
  "Asked us to come in the evening": () => t("Asked us to come in the evening"),
  "Nobody by day, try in the evening": () => t("Nobody by day, try in the evening"),
  "Somebody is back, go in the evening": () => t("Somebody is back, go in the evening"),
  "Nobody {times} times, somebody else goes in the evening": (times) => t("Nobody {times} times, somebody else goes in the evening", { times }),
  "Nobody {times} times, somebody else goes by day": (times) => t("Nobody {times} times, somebody else goes by day", { times }),
  "Nobody {times} time, put up a notice": (times) => t("Nobody {times} time, put up a notice", { times }),
  "Nobody {times} times, put up a notice": (times) => t("Nobody {times} times, put up a notice", { times }),
  "Something is left to do": () => t("Something is left to do"),
  "Notice put up, they did not call, go and look": () => t("Notice put up, they did not call, go and look"),
  "The form is with them, fetch it": () => t("The form is with them, fetch it"),
  "Did not want to, somebody else talks to them": () => t("Did not want to, somebody else talks to them"),
  "Did not want to again, the doctor goes": () => t("Did not want to again, the doctor goes"),
  "Did not want to again, the director goes": () => t("Did not want to again, the director goes"),
  "Something is missing, ask for it": () => t("Something is missing, ask for it"),
  "Said to be empty, look whether it is": () => t("Said to be empty, look whether it is"),
  "Door was not found, look again": () => t("Door was not found, look again"),
  "Look whether the seal is whole": () => t("Look whether the seal is whole"),
  "Call again": () => t("Call again"),
};

export function reasonWord({ said, times }: Reason): string {
  return REASONS[said]?.(times) ?? "";
}

/** Why a door is on a list; a time agreed upon says it best. */
export function whyHere(line: Line, at: number): string {
  const { agreed, due } = line.state;
  return agreed && due !== null ? t("Agreed: {when}", { when: momentWord(due, at) }) : reasonWord(reasonOf(line.state));
}

const RELATIONS: Readonly<Record<string, Word>> = {
  head: () => t("head"),
  owner: () => t("owner"),
  tenant: () => t("tenant"),
  spouse: () => t("spouse"),
  child: () => t("child"),
  child_in_law: () => t("child-in-law"),
  parent: () => t("parent"),
  parent_in_law: () => t("parent-in-law"),
  grandparent: () => t("grandparent"),
  grandchild: () => t("grandchild"),
  sibling: () => t("brother or sister"),
  other_relative: () => t("other relative"),
  not_related: () => t("not related"),
};

export function relationWord(relation: string): string {
  return RELATIONS[relation]?.() ?? "";
}

export function sexWord(sex: string): string {
  if (sex === "male") return t("male");
  return sex === "female" ? t("female") : "";
}

/** A building's name by its label; scattered homes have none and are called so. */
export function buildingName(label: string): string {
  if (!label) return t("Scattered homes");
  if (/^\d+$/u.test(label)) return t("Building {label}", { label });
  if (/^[A-Za-z]$/u.test(label)) return t("Block {label}", { label });
  return isLane(label) || !/\d$/u.test(label) ? label : t("Building {label}", { label });
}

export function unitName(unit: string): string {
  return /^[\x20-\x7e]+$/u.test(unit) ? t("Unit {unit}", { unit }) : unit;
}

/** A stairwell, or a building without stairwells: 2号楼1单元. */
export function stairwellName({ building, door }: Pick<Line, "building" | "door">): string {
  const name = buildingName(building.label);
  return door.unit ? t("{building} {door}", { building: name, door: unitName(door.unit) }) : name;
}

export function doorsWord(count: number): string {
  return count === 1 ? t("1 door") : t("{n} doors", { n: count });
}

/** A door within its building: 2单元601. */
export function shortName({ door }: Pick<Line, "door">): string {
  return door.unit ? t("{unit} {room}", { unit: unitName(door.unit), room: door.room }) : door.room;
}

/** A door within its building as lists have it: 2-601. */
export function labelOf({ door }: Pick<Line, "door">): string {
  return door.unit ? `${door.unit}-${door.room}` : door.room;
}

/** A door within its compound: 2号楼2单元601. */
export function doorName({ building, door }: Pick<Line, "building" | "door">): string {
  if (!building.label) return door.room;
  return t("{building} {door}", { building: buildingName(building.label), door: shortName({ door }) });
}

function two(figure: number): string {
  return String(figure).padStart(2, "0");
}

export function timeWord(moment: number): string {
  const { hour, minute } = wall(moment);
  return `${two(hour)}:${two(minute)}`;
}

/** 今天19:30, 明天09:00, 2月12日 18:20. */
export function momentWord(moment: number, now: number): string {
  const days = dayOf(moment) - dayOf(now);
  const time = timeWord(moment);
  if (days === 0) return t("today {time}", { time });
  if (days === 1) return t("tomorrow {time}", { time });
  const { month, day } = wall(moment);
  return t("{month}/{day} {time}", { month, day, time });
}

/** A day and a minute as they stand in a row of attempts. */
export function stampWord(moment: number, precision: string): string {
  const { month, day } = wall(moment);
  return precision === "day" ? t("{month}/{day}", { month, day }) : t("{month}/{day} {time}", { month, day, time: timeWord(moment) });
}

/** 1小时25分, 40分. */
export function lengthWord(ms: number): string {
  const minutes = Math.max(Math.round(ms / 60_000), 0);
  const hours = Math.floor(minutes / 60);
  return hours > 0 ? t("{hours} h {minutes} min", { hours, minutes: minutes % 60 }) : t("{minutes} min", { minutes });
}

/** Words one after the other, as this language separates them. */
export function listed(words: readonly string[]): string {
  return words.filter(Boolean).join(language.value === "en" ? ", " : "，");
}

/** Names and sources side by side: 物业、公安. */
export function named(words: readonly string[]): string {
  return words.join(language.value === "en" ? ", " : "、");
}
