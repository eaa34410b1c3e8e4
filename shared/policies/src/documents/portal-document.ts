import { machineCapabilities, machineClient } from '@team/contracts';
import * as z from 'zod';
import { principals, text } from './parts.ts';

const machine = z.strictObject({
  name: machineClient.shape.name.describe('Name of the program; unique among machine clients, and part of the source of what it asks for.'),
  clientId: text.max(256).describe('As the issuer of tokens knows it; of this program alone.'),
  subjects: z
    .union([z.literal('everyone'), principals], 'is neither everyone nor groups and users')
    .optional()
    .describe('For whom it may ask; nobody unless said.'),
  capabilities: z
    .array(z.enum(machineCapabilities, `is none of ${machineCapabilities.join(', ')}`))
    .max(machineCapabilities.length)
    .optional()
    .describe('What it may do; nothing unless said.'),
});

/** Who may do through the portal what not everybody may. There is one; what is not stated is denied. */
export const portalDocument = z.strictObject({
  kind: z.literal('Portal'),
  mayAskForOthers: principals.optional().describe('Who may ask for somebody else; nobody unless said.'),
  machineClients: z.array(machine).max(20).optional().describe('Programs that call the API on their own account.'),
});
export type PortalDocument = z.infer<typeof portalDocument>;
