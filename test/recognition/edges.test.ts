import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createEdges } from "../../shared/recognition/edges.ts";

test("every way leads to a node of its own, however many there are, and no other leads anywhere", () => {
  const way = fc.tuple(fc.nat(50), fc.oneof(fc.nat(60), fc.integer({ min: 0x2000_0000, max: 0x3fff_ffff })));
  fc.assert(
    fc.property(fc.array(way, { maxLength: 400 }), way, (ways, other) => {
      const edges = createEdges();
      const nodes = new Map(ways.map(([node, by]) => [`${node} ${by}`, edges.add(node, by)]));
      expect(new Set([...nodes.values(), 0]).size).toBe(nodes.size + 1);
      for (const [node, by] of [...ways, other]) expect(edges.to(node, by)).toBe(nodes.get(`${node} ${by}`) ?? 0);
    }),
  );
});
