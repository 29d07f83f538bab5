// Which of the numbers handed out on this phone stood on notices: the command carries the number alone, and the server knows
// the sheet. Ids only, so it may lie in the open.
const KEPT = "firstline-notices";
const MOST = 400;

export function noticesGiven(): ReadonlySet<string> {
  return new Set(kept());
}

export function rememberNotice(commandId: string): void {
  localStorage.setItem(KEPT, JSON.stringify([...kept(), commandId].slice(-MOST)));
}

function kept(): string[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(KEPT) ?? "[]");
    return Array.isArray(found) ? found.filter((one) => typeof one === "string") : [];
  } catch {
    return [];
  }
}
