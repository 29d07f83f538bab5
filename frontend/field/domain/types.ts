// The shapes of the sync protocol, version 1 (docs/protocol/sync.md), as both sides write them. Moments are milliseconds
// since 1970 UTC; ids are UUIDs of 36 characters.

import type { QuestionSet } from "../../questions/definition.ts";

export const PROTOCOL = 1;

export type Hat = "doors" | "duty";

/** Hats at a place and below it, from a moment until another (null: until it is taken back). */
export interface Grant {
  readonly hats: readonly Hat[];
  readonly path: string;
  readonly place: string;
  readonly from: number;
  readonly until: number | null;
}

export interface PersonOfDevice {
  readonly id: string;
  readonly name: string;
}

export interface Building {
  readonly id: string;
  readonly label: string;
  /** "flats" or "rows". */
  readonly shape: string;
  readonly position: number;
  readonly frame: unknown;
}

export interface CompoundFields {
  readonly address: string;
  readonly management: string;
  readonly gatehouse: string;
  readonly make_up: string;
}

export interface Compound {
  readonly id: string;
  readonly path: string;
  readonly name: string;
  readonly position: number;
  readonly fields: CompoundFields;
  readonly buildings: readonly Building[];
}

export interface Campaign {
  readonly id: string;
  readonly name: string;
  readonly started_at: number;
  readonly rules: Readonly<Record<string, unknown>>;
  readonly questions: QuestionSet | null;
  readonly number: string;
}

export interface Area {
  readonly hash: string;
  readonly person: PersonOfDevice;
  readonly grants: readonly Grant[];
  readonly emergency: { readonly name: string; readonly level: string | number };
  readonly campaign: Campaign | null;
  readonly compounds: readonly Compound[];
  readonly places: readonly { readonly path: string; readonly name: string }[];
  /** Where this person may sign in by this phone, each with all below it. */
  readonly stations: readonly { readonly path: string; readonly name: string }[];
  readonly words: Readonly<Record<string, number>>;
}

export interface DoorState {
  readonly outcome: string;
  readonly since: number | null;
  readonly attempts: number;
  readonly step: string;
  readonly slot: string;
  readonly due: number | null;
  readonly not_me: boolean;
  readonly mine: "day" | "evening" | "";
  readonly until: number | null;
}

export interface Tried {
  readonly id: string;
  readonly at: number;
  readonly precision: string;
  readonly channel: string;
  readonly result: string;
  readonly by: string;
  readonly note: string;
  readonly void: boolean;
  /** A time agreed upon then, in ms; documents of an older server say nothing of it. */
  readonly again_at?: number | null;
}

export interface Expected {
  readonly name: string;
  readonly sex: string;
  readonly born: number | string | null;
  readonly relation: string;
  readonly sources: readonly string[];
  readonly tail: string;
}

export interface Sheet {
  readonly number: string;
  readonly kind: string;
  readonly state: string;
}

export interface Door {
  readonly id: string;
  readonly building: string;
  readonly path: string;
  readonly unit: string;
  readonly floor: number | null;
  readonly room: string;
  readonly label: string;
  readonly position: number;
  readonly state: DoorState;
  readonly tried: readonly Tried[];
  readonly people: readonly Expected[];
  readonly sheets: readonly Sheet[];
}

/** One person of an attempt; all but the name may be left out. */
export interface Person {
  readonly name: string;
  readonly sex?: string;
  readonly birth_date?: string;
  readonly birth_year?: number;
  readonly relation?: string;
  readonly phones?: readonly string[];
  readonly id_number?: string;
  readonly id_problem?: string;
  readonly remark?: string;
}

export type Channel = "door" | "intercom" | "phone";

/** The bodies of the commands of version 1, by kind (section 13). */
export interface Bodies {
  "census.record_attempt": {
    readonly door_id: string;
    readonly result: string;
    readonly channel: Channel;
    readonly people?: readonly Person[];
    readonly note?: string;
    readonly minutes?: number | null;
    readonly again_at?: number | null;
    readonly answers?: Readonly<Record<string, unknown>>;
  };
  "census.void_attempt": { readonly attempt_id: string };
  "census.keep_picture": { readonly attempt_id: string; readonly question: string; readonly jpeg: string };
  "census.hand_out_sheet": { readonly door_id: string; readonly number: string };
  "places.add_door": {
    readonly door_id: string;
    readonly building_id: string;
    readonly unit: string;
    readonly floor: number | null;
    readonly room: string;
  };
  "places.describe_compound": {
    readonly compound_id: string;
    readonly base: Readonly<Partial<CompoundFields>>;
    readonly fields: Readonly<Partial<CompoundFields>>;
  };
  "workforce.sign_in": { readonly path: string; readonly note: string };
  "workforce.sign_out": { readonly path: string; readonly note: string };
}

export type Kind = keyof Bodies;

/** Which version of a body this client writes. */
export const VERSIONS: Readonly<Record<Kind, number>> = {
  "census.record_attempt": 1,
  "census.void_attempt": 1,
  "census.keep_picture": 1,
  "census.hand_out_sheet": 1,
  "places.add_door": 1,
  "places.describe_compound": 1,
  "workforce.sign_in": 1,
  "workforce.sign_out": 1,
};

export interface Command<K extends Kind = Kind> {
  readonly id: string;
  readonly kind: K;
  readonly version: number;
  readonly seq: number;
  /** The device's own clock at the tap, uncorrected. */
  readonly recorded_at: number;
  /** Server minus device as last measured, null if never. */
  readonly offset: number | null;
  readonly after: readonly string[];
  readonly body: Bodies[K];
}

export type Status = "accepted" | "duplicate" | "flagged" | "held" | "quarantined" | "conflict" | "refused";

export interface Answer {
  readonly id: string;
  readonly status: Status;
  readonly code: string;
  readonly said: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A command of the outbox and what the server said of it; "waiting" until it has said something. */
export interface OutboxEntry {
  readonly command: Command;
  readonly status: Status | "waiting";
  readonly code: string;
  readonly said: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** When the answer came, by the device's clock; null while it waits. */
  readonly answered_at: number | null;
  /** Its person has seen what became of it. */
  readonly seen: boolean;
  /** Which enrolment of this phone made it. */
  readonly device: string;
}

export interface Counts {
  readonly waiting: number;
  readonly held: number;
  readonly quarantined: number;
  readonly conflict: number;
  readonly refused: number;
  /** Accepted, duplicate or flagged: a fact on the server. */
  readonly sent: number;
}

export interface DeviceInfo {
  readonly device_id: string;
  readonly person: PersonOfDevice;
  readonly origin_name: string;
  readonly grants: readonly Grant[];
  readonly server_key: { readonly id: string; readonly public: string };
  readonly enrolled_at: number;
}
