/** What was thrown, in words: an Error's message, or the thing itself. */
export function messageOf(fault: unknown): string {
  return fault instanceof Error ? fault.message : String(fault);
}
