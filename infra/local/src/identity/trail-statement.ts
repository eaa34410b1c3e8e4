import type { TrailRecord } from './session-work.ts';

/** A condition, with the values of its parameters: whether a record meets it. */
type Condition = (record: TrailRecord, values: readonly string[]) => boolean;

const roleOf = ({ userIdentity }: TrailRecord): string => userIdentity.sessionContext?.sessionIssuer.userName ?? '';
const secondsOf = (time: string): number => Date.parse(time.endsWith('Z') ? time : `${time.replace(' ', 'T')}Z`);
const dayOf = ({ eventTime }: TrailRecord): string => eventTime.slice(0, 10).replaceAll('-', '/');
const within = (value: string, [from = '', to = '']: readonly string[]): boolean => from <= value && value <= to;

/** The conditions that are understood, in small letters, `?` for each value, literal or parameter. Whatever else stands in a statement is refused: a wrong answer would be worse. */
const conditions: readonly (readonly [form: string, holds: Condition])[] = [
  ['useridentity.type = ?', ({ userIdentity }, [type]) => userIdentity.type === type],
  ['useridentity.accountid = ?', ({ userIdentity }, [account]) => userIdentity.accountId === account],
  ['starts_with(useridentity.sessioncontext.sessionissuer.username, ?)', (record, [prefix = '']) => roleOf(record).startsWith(prefix)],
  ['useridentity.sessioncontext.sessionissuer.username like ?', (record, [pattern = '']) => like(roleOf(record), pattern)],
  ['lower(split_part(useridentity.principalid, ?, 2)) = ?', ({ userIdentity }, [separator = ':', name]) => userIdentity.principalId.split(separator)[1]?.toLowerCase() === name],
  ['lower(useridentity.principalid) like ?', ({ userIdentity }, [pattern = '']) => like(userIdentity.principalId.toLowerCase(), pattern)],
  ['eventtime between ? and ?', ({ eventTime }, values) => within(eventTime, values)],
  ['eventtime >= ?', ({ eventTime }, [from = '']) => secondsOf(eventTime) >= secondsOf(from)],
  ['eventtime <= ?', ({ eventTime }, [to = '']) => secondsOf(eventTime) <= secondsOf(to)],
  ['"account" = ?', ({ recipientAccountId }, [account]) => recipientAccountId === account],
  ['"region" in (?)', ({ awsRegion }, regions) => regions.includes(awsRegion)],
  ['"day" between ? and ?', (record, values) => within(dayOf(record), values)],
];

/** SQL's LIKE: `%` for any characters, `_` for one. */
const like = (text: string, pattern: string): boolean =>
  new RegExp(`^${pattern.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('%', '.*').replaceAll('_', '.')}$`).test(text);

const columns: Readonly<Record<string, (record: TrailRecord) => string | undefined>> = {
  eventid: ({ eventID }) => eventID,
  eventtime: ({ eventTime }) => eventTime,
  eventsource: ({ eventSource }) => eventSource,
  eventname: ({ eventName }) => eventName,
  readonly: ({ readOnly }) => String(readOnly),
  errorcode: ({ errorCode }) => errorCode,
  sourceipaddress: ({ sourceIPAddress }) => sourceIPAddress,
  awsregion: ({ awsRegion }) => awsRegion,
  'useridentity.accountid': ({ userIdentity }) => userIdentity.accountId,
  'useridentity.sessioncontext.sessionissuer.username': roleOf,
  'useridentity.principalid': ({ userIdentity }) => userIdentity.principalId,
};

/** A statement that is understood. */
export interface TrailStatement {
  /** What it reads: a table with its database, or an event data store. */
  readonly from: string;
  /** Names of its columns, as it gives them. */
  readonly names: readonly string[];
  /** Values of a record that it selects; undefined for others. */
  readonly select: (record: TrailRecord) => readonly (string | undefined)[] | undefined;
  readonly limit: number;
}

/**
 * Reads a statement about a trail: columns with names, conditions of the forms above joined by AND, a limit. Literals may stand where
 * parameters may. Gives a sentence that says what is not understood.
 */
export function parseTrailStatement(text: string, parameters: readonly string[]): TrailStatement | string {
  const [, selected, from, where, limit] = /^SELECT (.+) FROM (\S+) WHERE (.+) LIMIT (\d+)$/.exec(text) ?? [];
  if (selected === undefined || from === undefined || where === undefined) return 'it is no statement of the one form that is understood';
  const chosen = selected.split(', ').map((column) => /^(\S+) AS "?(\w+)"?$/.exec(column));
  const unknown = chosen.findIndex((column) => column === null || columns[column[1]?.toLowerCase() ?? ''] === undefined);
  if (unknown >= 0) return `column ${unknown + 1} is not understood`;
  const given = [...parameters];
  const checks: ((record: TrailRecord) => boolean)[] = [];
  // BETWEEN has an AND of its own.
  for (const part of where.replace(/ BETWEEN (\S+|'[^']*') AND /g, ' BETWEEN $1 UND ').split(' AND ')) {
    const condition = part.replace(' UND ', ' AND ');
    const values: string[] = [];
    const form = shapeOf(condition, given, values);
    const holds = conditions.find(([known]) => known === form)?.[1];
    if (holds === undefined) return `the condition "${condition}" is not understood`;
    checks.push((record) => holds(record, values));
  }
  if (given.length > 0) return `${given.length} parameters have no place`;
  return {
    from,
    names: chosen.map((column) => column?.[2] ?? ''),
    select: (record) => (checks.every((holds) => holds(record)) ? chosen.map((column) => columns[column?.[1]?.toLowerCase() ?? '']?.(record)) : undefined),
    limit: Number(limit),
  };
}

const unquoted = (literal: string): string => literal.replace(/^'(.*)'$/, '$1').replaceAll("''", "'");

/** A condition with `?` for each value, in small letters; the values are put into `values`. */
function shapeOf(condition: string, given: string[], values: string[]): string {
  const shape = condition.replace(/'((?:[^']|'')*)'|\?/g, (whole, text: string | undefined) => {
    values.push(whole === '?' ? unquoted(given.shift() ?? '') : (text ?? '').replaceAll("''", "'"));
    return '?';
  });
  return shape.toLowerCase().replace(/\((?:\?, )+\?\)/, '(?)');
}
