/** So many months, from one (YYYY-MM) backwards. */
export function monthsBack(from: string, count: number): string[] {
  const [year = 0, month = 1] = from.split("-").map(Number);
  return Array.from({ length: count }, (_, index) => {
    const months = year * 12 + month - 1 - index;
    return `${String(Math.floor(months / 12)).padStart(4, "0")}-${String((months % 12) + 1).padStart(2, "0")}`;
  });
}

/** Whether it is a month, as in 2026-11. */
export function isMonth(text: string): boolean {
  return /^(19|20)\d\d-(0[1-9]|1[0-2])$/.test(text);
}
