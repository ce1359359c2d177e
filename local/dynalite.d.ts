// Dynalite brings no types. These are the parts of version 4 that local/embedded.ts uses; it says why so deep.

declare module "dynalite/db/index.js" {
  type Item = Record<string, unknown>;
  type Done<Output> = (error: Error | null, output: Output) => void;
  interface TableDescription {
    readonly TableName: string;
    readonly TableStatus: string;
    readonly GlobalSecondaryIndexes?: readonly object[];
  }
  type Operation =
    | { readonly type: "put"; readonly key: string; readonly value: Item }
    | { readonly type: "del"; readonly key: string };
  interface Store {
    readonly db: {
      open(): Promise<void>;
      close(): Promise<void>;
      /** Absent in memory. */
      compactRange?(start: string, end: string): Promise<void>;
      get: (key: string, done: Done<Item | undefined>) => void;
      getSync(key: string): Item | undefined;
      put: (key: string, value: Item, done: Done<void>) => void;
      del: (key: string, done: Done<void>) => void;
      batch: (operations: readonly Operation[], done: Done<void>) => void;
    };
    readonly tableDb: {
      get(name: string, done: Done<TableDescription | undefined>): void;
      put(name: string, table: TableDescription, done: Done<void>): void;
    };
  }
  interface IndexActions {
    readonly puts: readonly { readonly index: string; readonly key: string; readonly item: Item }[];
    readonly deletes: readonly { readonly index: string; readonly key: string }[];
  }
  interface Database {
    create: (options: { path: string | undefined; createTableMs: number; deleteTableMs: number; updateTableMs: number }) => Store;
    createKey(item: Item, table: TableDescription): string;
    getIndexActions(indexes: readonly object[], before: Item | undefined, after: Item | null, table: TableDescription): IndexActions;
    updateIndexes(store: Store, table: TableDescription, before: Item | undefined, after: Item | null, done: Done<void>): void;
  }
  const database: Database;
  export default database;
  export type { Item, Operation, Store, TableDescription };
}

declare module "dynalite/validations/index.js" {
  import type { Store } from "dynalite/db/index.js";
  const validations: {
    checkTypes(input: object, types: object): object;
    checkValidations(input: object, types: object, custom: unknown, store: Store): void;
  };
  export default validations;
}

declare module "dynalite/db/conditionParser.js" {
  interface Options {
    readonly context: { readonly attrNames?: object; readonly attrVals?: object };
  }
  const conditions: { parse: (text: string, options: Options) => object };
  export default conditions;
}
