/** What a spreadsheet takes for a formula and would run. A sign before it makes it text again. */
const formula = /^[=+\-@\t\r＝＋－＠]/;

function field(value: string): string {
  const harmless = formula.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) || harmless !== value ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** A record of RFC 4180, without its line break. A field that a spreadsheet would run as a formula is marked as text. */
export function csvRecord(values: readonly string[]): string {
  return values.map(field).join(",");
}
