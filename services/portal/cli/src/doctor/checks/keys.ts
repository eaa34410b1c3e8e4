import { DescribeKeyCommand } from '@aws-sdk/client-kms';
import { counted } from '../../print/printable.ts';
import type { Check } from '../examination.ts';
import { faultsOr, ok, problem } from '../finding.ts';
import { faultsOfEach } from './each.ts';

/** The keys that evidence is signed with are there, enabled, and of the one kind that verifies. */
export const keysCheck: Check = {
  name: 'signing keys',
  prerequisite: false,
  async run({ clients: { kms }, expected }) {
    const { keyAliases } = await expected();
    const faults = await faultsOfEach('key', keyAliases, 'NotFoundException', async (KeyId, check) => {
      const { KeyMetadata: { KeyState, KeySpec, KeyUsage } = {} } = await kms.send(new DescribeKeyCommand({ KeyId }));
      if (KeyState !== 'Enabled') return problem(check, `it is ${KeyState ?? 'in no state'}: nothing can be signed with it`, 'enable it, or cancel its deletion (aws kms cancel-key-deletion)');
      if (KeySpec === 'ECC_NIST_P256' && KeyUsage === 'SIGN_VERIFY') return undefined;
      return problem(check, `it is ${KeySpec ?? '?'} for ${KeyUsage ?? '?'}, and evidence is signed with ECC_NIST_P256 for SIGN_VERIFY`, 'point the alias back to the key that the deployment made');
    });
    return faultsOr(faults, ok(this.name, `${counted(keyAliases.length, 'key')}, enabled, ECC_NIST_P256 for SIGN_VERIFY: ${keyAliases.join(', ')}`));
  },
};
