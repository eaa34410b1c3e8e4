import type { RequestRow } from '../../../../api/src/contract/index.ts';

const header = [
  'requestId', 'status', 'askedAt', 'requester', 'askedBy', 'accountId', 'accountName', 'permissionSetName',
  'startAt', 'durationMinutes', 'endsAt', 'breakGlass', 'ticket', 'justification', 'reason',
];

/** A line for each permission set in each account. Lines end as RFC 4180 has it. */
export function csvOf(rows: readonly RequestRow[]): string {
  const lines = rows.flatMap((row) =>
    row.targets.map(({ accountId, accountName, permissionSetName }) => [
      row.requestId, row.status, row.askedAt, row.requester.userName, row.askedBy, accountId, accountName, permissionSetName,
      row.startAt, row.durationMinutes, row.endsAt, row.breakGlass, row.ticket, row.justification, row.reason,
    ]),
  );
  return [header, ...lines].map((line) => `${line.map(field).join(',')}\r\n`).join('');
}

/**
 * Spreadsheets run what begins like this (OWASP, CSV injection), so an apostrophe stands before it: at the beginning of a value, and where
 * one that takes semicolons or tabs for separators, as in much of Europe, would see another begin, whatever the quotes say.
 */
const FORMULA = /(^|[;\t\n]|\r(?!\n))(?=[\s\p{Cf}"']*[=+\-@|%＝＋－＠])|^(?=[\t\r\n])/gu;

function field(value: string | number | boolean | undefined): string {
  if (value === undefined) return '';
  if (typeof value !== 'string') return String(value);
  return `"${value.replace(FORMULA, "$1'").replaceAll('"', '""')}"`;
}
