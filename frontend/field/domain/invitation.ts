// The code of an invitation: 20 characters of Crockford's base32, in a link's fragment or typed from a supervisor's screen.

export const LENGTH = 20;

/** What was typed or scanned as a code would be written; letters that are misread (O, I, L) are read as meant. null: no code. */
export function readCode(text: string): string | null {
  const link = /#enrol=1\.(.+)$/u.exec(text.trim());
  const plain = (link?.[1] ?? text).toUpperCase().replace(/[\s-]/gu, "").replace(/O/gu, "0").replace(/[IL]/gu, "1");
  return plain.length === LENGTH && /^[0-9A-HJKMNP-TV-Z]+$/u.test(plain) ? plain : null;
}
