import { AwsError } from '../aws-error.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Store } from '../store.ts';
import { SortedMap } from './sorted-map.ts';

/** An item in DynamoDB's own notation: attribute name to `{S: …}`, `{N: …}`, …. */
export type Item = JsonObject;

/** Of the maps that tables keep their contents in. */
export const mapName = /^dynamodb\/(?:items|index)\/([^/]+)/;

interface Index extends JsonObject {
  IndexName: string;
}

/** A table's description, as DescribeTable answers it and as dynalite's actions read it. */
export interface Table extends JsonObject {
  TableName: string;
  LocalSecondaryIndexes?: Index[];
  GlobalSecondaryIndexes?: Index[];
}

/** The tables of one account: their descriptions, items and index entries, all in one store so that a write is atomic. */
export class Tables {
  readonly #store: Store;
  readonly #descriptions: SortedMap<Table>;
  readonly #timeToLive;
  readonly #contents = new Map<string, SortedMap<Item>>();
  /** Descriptions that were read, each once: every call asks for one. Nobody changes them. */
  readonly #read = new Map<string, Table>();

  constructor(store: Store) {
    this.#store = store;
    this.#descriptions = new SortedMap(store.map<Table>('dynamodb/tables'));
    this.#timeToLive = store.map<Json>('dynamodb/time-to-live');
  }

  names(): readonly string[] {
    return this.#descriptions.keys();
  }

  find(name: string): Table | undefined {
    const read = this.#read.get(name);
    if (read !== undefined) return read;
    const table = this.#descriptions.get(name);
    if (table !== undefined) this.#read.set(name, table);
    return table;
  }

  /** Throws `ResourceNotFoundException`, worded as AWS does. */
  get(name: string): Table {
    const table = this.find(name);
    if (table === undefined) throw new AwsError('ResourceNotFoundException', `Requested resource not found: Table: ${name} not found`);
    return table;
  }

  put(table: Table): void {
    this.#read.delete(table.TableName);
    this.#descriptions.set(table.TableName, table);
  }

  remove(name: string): void {
    const table = this.get(name);
    this.items(name).clear();
    for (const index of table.LocalSecondaryIndexes ?? []) this.entries(name, index.IndexName).clear();
    for (const index of table.GlobalSecondaryIndexes ?? []) this.entries(name, index.IndexName).clear();
    this.#timeToLive.delete(name);
    this.#descriptions.delete(name);
    this.#read.delete(name);
  }

  items(table: string): SortedMap<Item> {
    return this.#open(`dynamodb/items/${table}`);
  }

  /** What an index holds; the names of a table's indexes are unique over both kinds. */
  entries(table: string, index: string): SortedMap<Item> {
    return this.#open(`dynamodb/index/${table}/${index}`);
  }

  /** Items of a table, or entries of an index, by the name of the store's map. */
  contentsOf(map: string): SortedMap<Item> {
    if (!mapName.test(map)) throw new RangeError(`${map} holds neither items nor entries of an index`);
    return this.#open(map);
  }

  timeToLive(table: string): Json | undefined {
    return this.#timeToLive.get(table);
  }

  setTimeToLive(table: string, specification: Json): void {
    this.#timeToLive.set(table, specification);
  }

  #open(name: string): SortedMap<Item> {
    let contents = this.#contents.get(name);
    if (contents === undefined) this.#contents.set(name, (contents = new SortedMap(this.#store.map<Item>(name))));
    return contents;
  }
}
