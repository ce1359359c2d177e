/** A node of cheerio's tree, as far as it is used here. */
export interface TreeNode {
  readonly type?: string;
  readonly name?: string;
  readonly data?: string;
  readonly attribs?: Readonly<Record<string, string>>;
  readonly parent?: TreeNode | null;
  readonly children?: readonly TreeNode[];
}

/**
 * Gives what is found at a node or at the nearest around it. What was found once is remembered, so that a tree is
 * climbed once, however many nodes ask: a climb for each takes minutes where a hostile page nests its links deep.
 */
export function nearest<T>(find: (node: TreeNode) => T | undefined): (node: TreeNode | null | undefined) => T | undefined {
  const known = new Map<TreeNode, T | undefined>();
  return (node) => {
    const climbed: TreeNode[] = [];
    let at = node;
    let found: T | undefined;
    while (at && !known.has(at) && (found = find(at)) === undefined) {
      climbed.push(at);
      at = at.parent;
    }
    if (at && known.has(at)) found = known.get(at);
    else if (at) known.set(at, found);
    for (const passed of climbed) known.set(passed, found);
    return found;
  };
}

/** A node and those below it, in the order of the page, at most so many. */
export function* below(root: TreeNode, most: number): Generator<TreeNode> {
  const open: Iterator<TreeNode>[] = [[root].values()];
  let given = 0;
  for (let list = open.at(-1); list; list = open.at(-1)) {
    const { value, done } = list.next();
    if (done || !value) open.pop();
    else {
      if (given === most) return;
      given += 1;
      yield value;
      open.push((value.children ?? []).values());
    }
  }
}

/** How many nodes at or below a node are such, counted no further than `enough` and within `most` nodes. */
export function count(root: TreeNode, is: (node: TreeNode) => boolean, enough: number, most: number): number {
  let found = 0;
  for (const node of below(root, most)) {
    if (is(node)) found += 1;
    if (found === enough) break;
  }
  return found;
}
