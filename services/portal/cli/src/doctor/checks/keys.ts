import { DescribeKeyCommand } from '@aws-sdk/client-kms';
import { counted } from '../../print/printable.ts';
import type { Check } from '../examination.ts';
import { faultsOr, ok, problem, type Finding } from '../finding.ts';

/** The keys that evidence is signed with are there, enabled, and of the one kind that verifies. */
export const keysCheck: Check = {
  name: 'signing keys',
  prerequisite: false,
  async run({ clients: { kms }, expected: { keyAliases } }) {
    const faults: Finding[] = [];
    for (const KeyId of keyAliases) {
      const check = `key ${KeyId}`;
      try {
        const { KeyMetadata: { KeyState, KeySpec, KeyUsage } = {} } = await kms.send(new DescribeKeyCommand({ KeyId }));
        if (KeyState !== 'Enabled') faults.push(problem(check, `it is ${KeyState ?? 'in no state'}: nothing can be signed with it`, 'enable it, or cancel its deletion (aws kms cancel-key-deletion)'));
        else if (KeySpec !== 'ECC_NIST_P256' || KeyUsage !== 'SIGN_VERIFY') {
          faults.push(problem(check, `it is ${KeySpec ?? '?'} for ${KeyUsage ?? '?'}, and evidence is signed with ECC_NIST_P256 for SIGN_VERIFY`, 'point the alias back to the key that the deployment made'));
        }
      } catch (error) {
        if (!(error instanceof Error) || error.name !== 'NotFoundException') throw error;
        faults.push(problem(check, 'there is no such alias', 'deploy again; the deployment makes it'));
      }
    }
    return faultsOr(faults, ok(this.name, `${counted(keyAliases.length, 'key')}, enabled, ECC_NIST_P256 for SIGN_VERIFY: ${keyAliases.join(', ')}`));
  },
};
