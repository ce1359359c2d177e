/** Ways from node to node, each by a number. The first node is 0. */
export interface Edges {
  /** Where the number leads from a node; 0 where it leads nowhere. */
  to(node: number, by: number): number;
  /** Where the number leads from a node, from now on at least. Gives a node of its own to every way. */
  add(node: number, by: number): number;
}

/** Of a way: its node, its number, and where it leads. */
const cells = 3;

/** At most half full, so that finding a way or none takes about one look into memory, however many there are. */
function createTable() {
  let table = new Int32Array(cells * 64);
  let places = 64;
  let taken = 0;

  /** Where a way stands in the table, or would stand. */
  function find(node: number, by: number): number {
    const mixed = Math.imul(Math.imul(node, 0x9e3779b1) ^ by, 0x85ebca6b);
    let place = (mixed ^ (mixed >>> 15)) & (places - 1);
    while (table[cells * place + 2] !== 0 && (table[cells * place] !== node || table[cells * place + 1] !== by)) place = (place + 1) & (places - 1);
    return cells * place;
  }

  function grow(): void {
    const old = table;
    places *= 2;
    table = new Int32Array(cells * places);
    for (let at = 0; at < old.length; at += cells) {
      const [node = 0, by = 0, target = 0] = old.subarray(at, at + cells);
      if (target !== 0) table.set([node, by, target], find(node, by));
    }
  }

  function put(node: number, by: number, target: number): void {
    if (2 * ++taken > places) grow();
    table.set([node, by, target], find(node, by));
  }

  return { get: (node: number, by: number): number => table[find(node, by) + 2] ?? 0, put };
}

/** No ways yet. Those from the first node, which are asked for most, stand together, so that they stay near in memory. */
export function createEdges(): Edges {
  const fromFirst = createTable();
  const fromOthers = createTable();
  let last = 0;

  const to = (node: number, by: number): number => (node === 0 ? fromFirst : fromOthers).get(node, by);

  function add(node: number, by: number): number {
    const known = to(node, by);
    if (known !== 0) return known;
    (node === 0 ? fromFirst : fromOthers).put(node, by, ++last);
    return last;
  }

  return { to, add };
}
