// Made-up doors and areas for tests.

import type { Area, Door } from "../domain/types.ts";

export function aDoor(id: string, building: string, label: string, more: Partial<Door> = {}): Door {
  const state = { outcome: "untried", since: null, attempts: 0, step: "", slot: "", due: null, not_me: false, mine: "day", until: null } as const;
  const people = [{ name: `王${label}`, sex: "男", born: 1960, relation: "", sources: ["物业"], tail: "4820" }];
  return { id, building, path: "141102003005001", unit: "1", floor: 1, room: label, label, position: Number(label), state, tried: [], people, sheets: [], ...more };
}

export function anArea(hash: string, more: Partial<Area> = {}): Area {
  const fields = { address: "北门", management: "", gatehouse: "", make_up: "" };
  const building = { id: "b1", label: "1号楼", shape: "flats", position: 1, frame: null };
  return {
    hash,
    person: { id: "p", name: "白俊丽" },
    grants: [{ hats: ["doors"], path: "141102003005", place: "丽景街社区", from: 0, until: null }],
    emergency: { name: "新冠", level: "I" },
    campaign: null,
    compounds: [{ id: "c1", path: "141102003005001", name: "银苑小区", position: 1, fields, buildings: [building, { ...building, id: "b2", label: "2号楼", position: 2 }] }],
    places: [],
    stations: [],
    words: {},
    ...more,
  };
}
