import { describe, expect, it } from "vitest";
import { buttons, type Channel } from "./results.ts";

const offered = (channel: Channel, now = "untried"): string[] => buttons(channel, now).map((one) => one.result);

describe("what can be pressed", () => {
  it("has the good one first, by every way", () => {
    for (const channel of ["door", "intercom", "phone"] as const) expect(offered(channel)[0]).toBe("registered");
  });

  it("offers by a voice alone nothing that hands or eyes are needed for", () => {
    for (const channel of ["intercom", "phone"] as const) {
      for (const result of ["form_slipped", "notice_posted", "vacant", "not_found"]) expect(offered(channel)).not.toContain(result);
    }
  });

  it("shows two dots where somebody knocked before, and none where nobody picked up", () => {
    const mark = (channel: Channel, now: string): string | undefined => buttons(channel, now).find((one) => one.result === "no_answer")?.outcome;
    expect([mark("door", "untried"), mark("door", "knocked1"), mark("intercom", "knocked2"), mark("phone", "knocked1")]).toEqual(["knocked1", "knocked2", "knocked2", ""]);
  });

  it("asks once more only where something is missing", () => {
    const asks = Object.fromEntries(buttons("door", "untried").map((one) => [one.result, one.asks]));
    expect(asks).toMatchObject({ registered: "people", refused: "why", come_back: "again", notice_posted: "sheet", no_answer: "", vacant: "", not_found: "" });
  });
});
