import type { Cast } from './cast.ts';
import { occasions } from './occasions.ts';
import type { PastRequest } from './past-request.ts';

const minuteMs = 60_000;
const analystsFrom = 6;

/** What happens on a certain working day of the month, the first being 1; `midnight` is that day's, of UTC (ms since the epoch). */
export function specials(cast: Cast, midnight: number, workday: number): readonly PastRequest[] {
  const at = (hour: number, minute: number): number => midnight + (hour * 60 + minute) * minuteMs;
  const [first = '', second = ''] = cast.security.map(({ userName }) => userName);
  const [lead = '', otherLead = ''] = cast.leads.map(({ userName }) => userName);
  const [gateway = '', search = '', shop = ''] = cast.production;
  const developer = cast.developers[1]?.userName ?? '';

  const glass = (when: number, requester: string, account: string, reason: number, acts: PastRequest['acts']): PastRequest => ({
    at: when,
    requester,
    accounts: [account],
    permissionSet: 'BreakGlass',
    durationMinutes: 60,
    justification: occasions['break glass'][reason] ?? '',
    ticket: `INC-${310 + workday}`,
    breakGlass: true,
    acts,
  });
  const reading = (when: number, requester: string, more: Partial<PastRequest> = {}): PastRequest => ({
    at: when,
    requester,
    accounts: [search],
    permissionSet: 'ReadOnlyAccess',
    durationMinutes: 60,
    justification: occasions['read-production'][workday % occasions['read-production'].length] ?? '',
    acts: [],
    ...more,
  });

  switch (workday) {
    case 1:
      return [glass(at(2, 14), first, gateway, 0, [{ after: 8 * 60, by: lead, does: 'find justified', words: 'the incident report agrees' }])];
    case 2: {
      // What failed is asked for again, and works.
      const approved = [{ after: 5, by: lead, does: 'approve' as const }];
      return [reading(at(9, 12), developer, { fails: true, acts: approved }), reading(at(9, 41), developer, { acts: approved, justification: 'the same again: the first one failed' })];
    }
    case 4:
      // Nobody of the contractors may.
      return cast.contractors.slice(0, 1).map(({ userName }) => reading(at(10, 5), userName));
    case 7:
      return [glass(at(20, 47), second, search, 2, [{ after: 14 * 60, by: otherLead, does: 'find not justified', words: 'a lead was awake and would have answered' }])];
    case 9:
      // A lead approves their own request, which does not count; another does.
      return [reading(at(8, 20), cast.leads[3]?.userName ?? '', { permissionSet: 'PowerUserAccess', ticket: 'OPS-4001', acts: [{ after: 2, by: cast.leads[3]?.userName ?? '', does: 'approve' }, { after: 21, by: otherLead, does: 'approve' }] })];
    case 12:
      return [glass(at(5, 33), first, shop, 1, [{ after: 5 * 60, by: lead, does: 'find justified' }])];
    case 15:
      // Nobody has reviewed this one.
      return [glass(at(13, 2), second, gateway, 3, [])];
    default: {
      const analyst = cast.analysts[workday % cast.analysts.length]?.userName;
      if (workday <= analystsFrom || workday % 2 === 0 || analyst === undefined) return [];
      const peer = cast.engineers[workday % cast.engineers.length]?.userName ?? lead;
      const justification = occasions.analyse[workday % occasions.analyse.length] ?? '';
      return [{ at: at(9, 3 + workday), requester: analyst, accounts: cast.test.slice(0, 1 + (workday % 2)), permissionSet: 'DataScientist', durationMinutes: 180, justification, acts: [{ after: 17, by: peer, does: 'approve' }] }];
    }
  }
}
