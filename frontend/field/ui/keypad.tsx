// Six digits by large keys, and by a keyboard where there is one.

import { useEffect, useState } from "preact/hooks";
import type { VNode } from "preact";

import { DIGITS } from "../domain/pin.ts";
import { t } from "./i18n.ts";

interface Props {
  /** Called with the digits once there are six; the dots empty again. */
  readonly done: (pin: string) => void;
  readonly disabled?: boolean;
  /** What stands in the corner left of the 0; nothing otherwise. */
  readonly corner?: VNode;
}

export function Keypad({ done, disabled = false, corner = <span /> }: Props): VNode {
  const [digits, setDigits] = useState("");
  const add = (digit: string): void => {
    if (disabled) return;
    const now = digits + digit;
    setDigits(now.length === DIGITS ? "" : now);
    if (now.length === DIGITS) done(now);
  };
  const remove = (): void => setDigits(digits.slice(0, -1));
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (/^\d$/u.test(event.key)) add(event.key);
      else if (event.key === "Backspace") remove();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  });
  return (
    <div>
      <div class="fl-dots" role="img" aria-label={t("{n} of 6 digits", { n: digits.length })}>
        {Array.from({ length: DIGITS }, (_, index) => (
          <i key={index} class={index < digits.length ? "is-full" : ""} />
        ))}
      </div>
      <div class="fl-keys">
        {["1", "2", "3", "4", "5", "6", "7", "8", "9"].map((digit) => (
          <button key={digit} type="button" disabled={disabled} onClick={() => add(digit)}>
            {digit}
          </button>
        ))}
        {corner}
        <button type="button" disabled={disabled} onClick={() => add("0")}>
          0
        </button>
        <button type="button" class="is-word" disabled={disabled || digits === ""} onClick={remove}>
          {t("Delete")}
        </button>
      </div>
    </div>
  );
}
