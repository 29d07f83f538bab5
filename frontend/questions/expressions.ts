// Conditions evaluated. They were parsed, and their kinds settled, when the set was read: see census/questions/expressions.py.
import type { Expression, Operand, Sign } from "./definition.ts";

/** An answer in its canonical form: a text, or the names of the choices; "" or none when there is no answer. */
export type Value = string | readonly string[];
export type Values = ReadonlyMap<string, Value>;

/** Whether a condition holds for the answers so far; `self` is what "." means. */
export function holds(condition: Expression, values: Values, self: Value = ""): boolean {
  switch (condition.is) {
    case "and":
      return condition.parts.every((part) => holds(part, values, self));
    case "or":
      return condition.parts.some((part) => holds(part, values, self));
    case "not":
      return !holds(condition.part, values, self);
    case "selected": {
      const found = valueOf(condition.name, values, self);
      return typeof found === "string" ? found === condition.choice : found.includes(condition.choice);
    }
    case "compare":
      return compare(condition.sign, condition.kind, textOf(condition.left, values, self), textOf(condition.right, values, self));
  }
}

function valueOf(name: string, values: Values, self: Value): Value {
  return name === "." ? self : (values.get(name) ?? "");
}

function textOf(operand: Operand, values: Values, self: Value): string {
  if (operand.is === "constant") return operand.text;
  const found = valueOf(operand.name, values, self);
  return typeof found === "string" ? found : found.join(" ");
}

function compare(sign: Sign, kind: "number" | "date" | "text", left: string, right: string): boolean {
  if (!left || !right) {
    const equal = !left && !right;
    if (sign === "=") return equal;
    return sign === "!=" ? !equal : false;
  }
  return kind === "number" ? ordered(sign, Number(left), Number(right)) : ordered(sign, left, right);
}

function ordered<Side extends number | string>(sign: Sign, left: Side, right: Side): boolean {
  switch (sign) {
    case "=":
      return left === right;
    case "!=":
      return left !== right;
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case ">":
      return left > right;
    case ">=":
      return left >= right;
  }
}
