import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { emitterRegistration, type EmitterRegistration } from '@team/contracts';
import * as z from 'zod';

/**
 * Emitters as they stand in a function's environment, of which Lambda takes four kilobytes
 * (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html): their JSON, deflated, as base64url. Every judge is told all
 * of them, and they repeat the same words.
 */
export const packed = (emitters: readonly EmitterRegistration[]): string => deflateRawSync(JSON.stringify(emitters), { level: 9 }).toString('base64url');

/** Reads what `packed` wrote. */
export const packedEmitters = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(inflateRawSync(Buffer.from(text, 'base64url'), { maxOutputLength: 1_000_000 }).toString());
    } catch (error) {
      context.addIssue(`they cannot be read: ${String(error)}`);
      return z.NEVER;
    }
  })
  .pipe(z.array(emitterRegistration));
