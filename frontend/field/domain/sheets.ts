// Numbers of printed sheets: a serial number and Damm's check digit, 0417-3. The same rules as census/paper/numbers.py;
// contracts/vectors/sheets.json tests both.
import { halve } from "./text.ts";

const WRITTEN = /^(?:FL:)?(?:NO\.?|编号:?|号:?)?(\d{1,7})-?(\d)(?:\/\d+)?号?$/u;
/** H. M. Damm, "Total anti-symmetrische Quasigruppen", 2004: the table for decimal digits. */
const TABLE = ["0317598642", "7092154863", "4206871359", "1750983426", "6123045978", "3674209581", "5869720134", "8945362017", "9438617205", "2581436790"];

/** The number that was typed or scanned, as it is printed; null when it is none of ours or its check digit is wrong. */
export function readSheet(text: string): string | null {
  const found = WRITTEN.exec(halve(text).replaceAll(" ", "").toUpperCase());
  if (!found) return null;
  const serial = Number(found[1]);
  if (serial === 0 || checkDigit(`${found[1] ?? ""}${found[2] ?? ""}`) !== 0) return null;
  const digits = String(serial).padStart(4, "0");
  return `${digits}-${checkDigit(digits)}`;
}

/** What makes the digits so far whole; 0 for digits that end in their own check digit. */
function checkDigit(digits: string): number {
  let interim = 0;
  for (const digit of digits) interim = Number(TABLE[interim]?.[Number(digit)]);
  return interim;
}
