/** A word with its first letter in upper case, as names in templates are written. */
export function capitalised(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}
