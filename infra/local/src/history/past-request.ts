/** What somebody does about a request, in whole minutes after it was asked. */
export interface Act {
  readonly after: number;
  readonly by: string;
  readonly does: 'approve' | 'deny' | 'end' | 'find justified' | 'find not justified';
  readonly words?: string;
}

/** More time, asked for by the requester while the access runs, and who grants it, where that is needed. */
export interface Extension {
  readonly after: number;
  readonly durationMinutes: number;
  readonly approver?: string;
}

/** A request of the past, as it is going to be. */
export interface PastRequest {
  /** ms since the epoch */
  readonly at: number;
  /** User name. */
  readonly requester: string;
  /** A system that asks in their name; absent: they ask in the portal. */
  readonly emitter?: 'deploy-pipeline' | 'service-desk';
  readonly accounts: readonly string[];
  readonly permissionSet: string;
  readonly durationMinutes: number;
  readonly justification: string;
  readonly ticket?: string;
  /** Minutes from asking to the start, where it is asked for later. */
  readonly startsAfter?: number;
  readonly breakGlass?: true;
  /** Identity Center fails the first creation. */
  readonly fails?: true;
  readonly acts: readonly Act[];
  readonly extension?: Extension;
}

/** Whoever may approve answers within three hours, or nobody does. */
export const deadlineMinutes = 180;

/** When nothing happens about it any more (ms since the epoch), whatever becomes of it. */
export const overAt = ({ at, durationMinutes, startsAfter = 0, extension }: PastRequest): number =>
  at + (Math.max(startsAfter, deadlineMinutes) + durationMinutes + (extension?.durationMinutes ?? 0) + 30) * 60_000;
