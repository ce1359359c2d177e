/** What has ids, by them. */
export function byId<Named extends { readonly id: string }>(list: readonly Named[]): Map<string, Named> {
  return new Map(list.map((one) => [one.id, one]));
}
