import { execFileSync } from 'node:child_process';
import { scriptedPortal } from '../../test/scripted-portal.ts';

async function scriptFor(shell: string): Promise<string> {
  const { code, said } = await scriptedPortal({}, { kept: null }).team('completion', shell);
  expect(code).toBe(0);
  return said.join('\n');
}

/** What bash offers for the last of these words. */
async function offered(...words: readonly string[]): Promise<readonly string[]> {
  const asked = `COMP_WORDS=(team "$@"); COMP_CWORD=$#; COMPREPLY=(); _team; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const out = execFileSync('bash', ['-c', `${await scriptFor('bash')}\n${asked}`, 'bash', ...words], { encoding: 'utf8' });
  return out.split('\n').filter((line) => line !== '');
}

it('offers commands, their options and what an option may be, in bash', async () => {
  expect(await offered('log')).toEqual(['login', 'logout']);
  expect(await offered('audit', 'ver')).toEqual(['verify']);
  expect(await offered('list', '--list', 'to-')).toContain('to-approve');
  expect(await offered('request', '--wait', '--tar')).toEqual(['--target']);
  expect(await offered('request', '--why', 'list', '--brea')).toEqual(['--break-glass']);
  expect(await offered('approve', '--j')).toEqual(['--json']);
});

it.each(['bash', 'zsh', 'fish'])('knows every command, in %s', async (shell) => {
  const script = await scriptFor(shell);
  for (const command of ['login', 'list', 'ensure', 'completion', 'policies', 'doctor']) expect(script).toContain(command);
});

it('knows no other shell', async () => {
  expect((await scriptedPortal({}, { kept: null }).team('completion', 'csh')).code).toBe(2);
});
