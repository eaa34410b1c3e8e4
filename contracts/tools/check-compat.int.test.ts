import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { publishedFolder } from './folder.ts';

const tool = path.join(import.meta.dirname, 'check-compat.ts');
let earlier: string;

beforeEach(() => {
  earlier = mkdtempSync(path.join(tmpdir(), 'published-'));
  cpSync(publishedFolder, earlier, { recursive: true });
});
afterEach(() => rmSync(earlier, { recursive: true }));

function check(against: string): { status: number | null; errors: string } {
  const { status, stderr } = spawnSync(process.execPath, [tool, '--against', against], { encoding: 'utf8' });
  return { status, errors: stderr };
}

describe('check-compat', () => {
  it('passes where nothing changed', () => {
    expect(check(earlier)).toEqual({ status: 0, errors: '' });
  });

  it('fails and names the field where a promise was broken', () => {
    const file = path.join(earlier, 'AccessEnded.v1.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"never_created"', '"never_created", "forgotten"'));
    const { status, errors } = check(earlier);
    expect(status).toBe(1);
    expect(errors).toContain('AccessEnded.v1 data.how: The value "forgotten" was removed.');
  });

  it('fails where an event that was published is gone', () => {
    writeFileSync(path.join(earlier, 'AccessPaused.v1.json'), '{}');
    const { status, errors } = check(earlier);
    expect(status).toBe(1);
    expect(errors).toContain('AccessPaused.v1: The event was removed.');
  });

  it('does not pass where there is nothing to compare with', () => {
    const { status, errors } = check('no-such-commit');
    expect(status).toBe(2);
    expect(errors).toContain('no-such-commit');
  });
});
